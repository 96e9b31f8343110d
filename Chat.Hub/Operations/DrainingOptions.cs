using System.ComponentModel.DataAnnotations;

namespace Chat.Hub.Operations;

/// <summary>How a node stops: section <c>Chat:Draining</c>.</summary>
public sealed class DrainingOptions
{
    /// <summary>Seconds over which the clients are spread at most, so that they do not all come to the other nodes at once; few clients take less.</summary>
    [Range(0, 3_600)]
    public int SpreadSeconds { get; set; } = 10;

    /// <summary>Seconds after which connections that stayed are closed. Whatever stops the process must wait longer.</summary>
    [Range(0, 3_600)]
    public int GraceSeconds { get; set; } = 20;
}
