using Chat.Contracts;

namespace Chat.Bench.Load.Hot;

/// <summary>A message of 100 bytes as rooms have it.</summary>
internal static class Samples
{
    public static Message Message(Guid room, long version) => new()
    {
        RoomId = room,
        Version = version,
        Seq = version,
        Id = Guid.CreateVersion7(),
        Kind = MessageKind.Text,
        AuthorId = Guid.CreateVersion7(),
        AuthorName = "Person 7",
        ClientMessageId = Guid.CreateVersion7(),
        Text = new string('m', 100),
        CreatedAt = DateTimeOffset.UnixEpoch,
    };
}
