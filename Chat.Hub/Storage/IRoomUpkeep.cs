namespace Chat.Hub.Storage;

/// <summary>What is cleared away behind everybody's back. Safe on several nodes at once.</summary>
internal interface IRoomUpkeep
{
    /// <summary>Temporary rooms that nobody has been in since then.</summary>
    Task<IReadOnlyList<Guid>> EmptyRooms(DateTimeOffset since, CancellationToken cancellation);

    /// <summary>Clears some of what was in deleted rooms away.</summary>
    /// <returns>Whether there may be more.</returns>
    Task<bool> ClearSome(int messages, DateTimeOffset now, CancellationToken cancellation);
}
