using System.ComponentModel.DataAnnotations;

namespace Chat.Hub.Streams;

/// <summary>Messages that are written while they are sent: section <c>Chat:Streams</c>.</summary>
public sealed class StreamOptions
{
    /// <summary>Seconds without a piece after which a message is cut off.</summary>
    [Range(1, 600)]
    public int SilenceSeconds { get; set; } = 20;

    /// <summary>Milliseconds between two writes of a growing message: what a node that dies may lose of it.</summary>
    [Range(50, 20_000)]
    public int StoreEveryMs { get; set; } = 1_000;

    /// <summary>Pieces a second of one user, on average, over all its messages.</summary>
    [Range(1, 1_000_000)]
    public int PiecesPerSecond { get; set; } = 40;

    /// <summary>UTF-16 code units a second of one user, on average, over all its messages.</summary>
    [Range(1, 100_000_000)]
    public int UnitsPerSecond { get; set; } = 16 * 1024;
}
