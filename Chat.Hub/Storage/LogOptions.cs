using System.ComponentModel.DataAnnotations;

namespace Chat.Hub.Storage;

/// <summary>The queue before the writer: section <c>Chat:Log</c>.</summary>
public sealed class LogOptions
{
    /// <summary>Changes that may wait for the writer on this node; above it requests are refused as unavailable, instead of filling memory.</summary>
    [Range(1, 1_000_000)]
    public int WaitingChanges { get; set; } = 1_000;
}
