namespace Chat.Bench.Load.Clients;

/// <summary>What is spoiled on purpose, to see that it is found.</summary>
internal enum Sabotage
{
    None,

    /// <summary>One delivery is taken away.</summary>
    Drop,

    /// <summary>One delivery comes twice.</summary>
    Double,
}
