using Chat.Client.Connecting;
using Microsoft.AspNetCore.Http.Connections.Client;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Chat.Client;

/// <summary>How a <see cref="ChatClient"/> connects and what it keeps.</summary>
public sealed class ChatClientOptions
{
    private TimeProvider time = TimeProvider.System;
    private ILoggerFactory loggers = NullLoggerFactory.Instance;

    /// <summary>The address of the server, perhaps with a path prefix: the one given to <c>MapChat</c>.</summary>
    public required Uri Server { get; init; }

    /// <summary>A sign-in that is kept going, whose tokens are used; null where <see cref="AccessToken"/> has them.</summary>
    public KeptSignIn? SignIn { get; init; }

    /// <summary>
    /// Without <see cref="SignIn"/>: the bearer token, asked for at every connecting, so that it can be renewed there; null for none. A
    /// <see cref="ChatException"/> with <see cref="Contracts.ErrorCode.Unauthenticated"/> says that there is no sign-in any more.
    /// </summary>
    public Func<CancellationToken, Task<string?>> AccessToken { get; init; } = _ => Task.FromResult<string?>(null);

    /// <summary>How the contract is written on the wire.</summary>
    public ChatProtocol Protocol { get; init; } = ChatProtocol.Json;

    /// <summary>What the client is, for lists of devices; at most 200 characters.</summary>
    public string ClientName { get; init; } = "Chat.Client";

    /// <summary>The upper bound of the first wait before connecting again; it doubles with each failure. 0.5 s.</summary>
    public TimeSpan FirstBackoff { get; init; } = TimeSpan.FromSeconds(0.5);

    /// <summary>The upper bound of every wait before connecting again. 30 s.</summary>
    public TimeSpan LongestBackoff { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>What carries the connection: anything that gets through, WebSockets first.</summary>
    public ChatTransport Transport { get; init; } = ChatTransport.Any;

    /// <summary>
    /// Whether a change of the machine's network ends the wait for the next try, and has a connection looked at. Where the
    /// platform does not tell such changes it makes no difference. True.
    /// </summary>
    public bool WatchesNetwork { get; init; } = true;

    /// <summary>How often the server is told that the client is there. 10 s.</summary>
    public TimeSpan KeepAlive { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long the server may be silent before the connection counts as lost, and how long connecting may take. 30 s.</summary>
    public TimeSpan ServerTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How often the round trip is measured. 15 s.</summary>
    public TimeSpan PingInterval { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Messages held of each room, the newest; older ones are read with <see cref="ChatClient.GetHistoryAsync"/>. 500.</summary>
    public int MessagesKept { get; init; } = 500;

    /// <summary>
    /// A file for what waits to be sent, so that it survives the end of the program; made where it is missing. Each client
    /// needs one of its own. Null: it is held in memory only.
    /// </summary>
    public string? OutboxFile { get; init; }

    /// <summary>Where events are raised; null for a thread of the pool.</summary>
    public SynchronizationContext? EventContext { get; init; }

    /// <summary>The clock.</summary>
    public TimeProvider TimeProvider { get => time; init => time = value; }

    /// <summary>The chance in the waits.</summary>
    public Random Random { get; init; } = Random.Shared;

    /// <summary>Where logs of the client go.</summary>
    public ILoggerFactory LoggerFactory { get => loggers; init => loggers = value; }

    /// <summary>Where logs of SignalR below it go; nowhere unless asked, since each drop is an error with a stack to it.</summary>
    public ILoggerFactory TransportLoggerFactory { get; init; } = NullLoggerFactory.Instance;

    /// <summary>Where news of the network come from.</summary>
    internal NetworkNews Network { get; init; } = NetworkNews.OfMachine;

    /// <summary>A last word on proxies, certificates and transports; null for none.</summary>
    public Action<HttpConnectionOptions>? ConfigureHttp { get; init; }

    /// <summary>The token to use now; null for none.</summary>
    internal async Task<string?> TokenAsync(CancellationToken ct) =>
        SignIn is null ? await AccessToken(ct).ConfigureAwait(false) : await SignIn.AccessTokenAsync(ct).ConfigureAwait(false);

    /// <summary>The same, with the logs and the clock of a program where these have none of their own.</summary>
    internal ChatClientOptions CompletedBy(IServiceProvider program)
    {
        var options = (ChatClientOptions)MemberwiseClone();
        if (loggers == NullLoggerFactory.Instance) options.loggers = program.GetService(typeof(ILoggerFactory)) as ILoggerFactory ?? loggers;
        if (time == TimeProvider.System) options.time = program.GetService(typeof(TimeProvider)) as TimeProvider ?? time;
        return options;
    }
}
