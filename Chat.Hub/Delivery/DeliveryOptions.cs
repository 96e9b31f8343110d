using System.ComponentModel.DataAnnotations;

namespace Chat.Hub.Delivery;

/// <summary>Sockets and what may wait in them: section <c>Chat:Delivery</c>.</summary>
public sealed class DeliveryOptions
{
    /// <summary>Bytes in one hub frame from a client; a larger one closes the connection with its code.</summary>
    [Range(1_024, 16_777_216)]
    public int FrameBytes { get; set; } = 64 * 1024;

    /// <summary>Bytes that may wait unread for one connection; past it the connection is cut off and syncs later.</summary>
    [Range(65_536, 1_073_741_824)]
    public int UnreadBytes { get; set; } = 1024 * 1024;

    /// <summary>
    /// Rooms are told, and calls answered, by writing to the sockets of connections, past the framework's queues; not where TLS ends in this
    /// process. To be turned off where connections go through a middleware of Kestrel that changes their bytes.
    /// </summary>
    public bool DirectWrites { get; set; } = true;

    /// <summary>Seconds of silence after which the server sends a keep-alive.</summary>
    [Range(1, 3_600)]
    public int KeepAliveSeconds { get; set; } = 10;

    /// <summary>Seconds of silence after which a client counts as gone.</summary>
    [Range(2, 7_200)]
    public int ClientTimeoutSeconds { get; set; } = 30;

    /// <summary>Connections to this node; past it 503.</summary>
    [Range(1, 10_000_000)]
    public int ConnectionsPerNode { get; set; } = 10_000;

    /// <summary>Connections from one address to this node; past it 429.</summary>
    [Range(1, 10_000_000)]
    public int ConnectionsPerAddress { get; set; } = 100;

    /// <summary>Connections of one user to this node; past it 429.</summary>
    [Range(1, 10_000_000)]
    public int ConnectionsPerUser { get; set; } = 20;

    /// <summary>Calls of any kind a second that one user may make, on average, over all connections.</summary>
    [Range(1, 1_000_000)]
    public int CallsPerSecond { get; set; } = 50;

    /// <summary>Calls that one user may make at once.</summary>
    [Range(1, 1_000_000)]
    public int CallsBurst { get; set; } = 200;

    /// <summary>Changes (messages, joins, new rooms) a second that one user may make, on average.</summary>
    [Range(1, 1_000_000)]
    public int ChangesPerSecond { get; set; } = 10;

    /// <summary>Changes that one user may make at once.</summary>
    [Range(1, 1_000_000)]
    public int ChangesBurst { get; set; } = 20;
}
