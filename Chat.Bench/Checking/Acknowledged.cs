namespace Chat.Bench.Checking;

/// <summary>A message whose sender was told that it is stored.</summary>
/// <param name="Sender">Whose messages were sent one after the other, into one room.</param>
/// <param name="Number">The place among them.</param>
/// <param name="AuthorId">Who wrote it.</param>
/// <param name="ClientMessageId">The id it was sent under.</param>
/// <param name="Message">As it was acknowledged; null where only the fact is known.</param>
internal sealed record Acknowledged(string Sender, int Number, Guid AuthorId, Guid ClientMessageId, StoredMessage? Message);
