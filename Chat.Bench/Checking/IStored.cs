namespace Chat.Bench.Checking;

/// <summary>A store that is read past the server that has it.</summary>
internal interface IStored
{
    /// <summary>Everything in it, as of one moment.</summary>
    StoredHistory ReadStore();

    /// <summary>The head of each room.</summary>
    IReadOnlyDictionary<Guid, long> ReadHeads();
}
