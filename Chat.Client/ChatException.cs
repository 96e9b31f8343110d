using Chat.Contracts;

namespace Chat.Client;

/// <summary>The server, or the client before asking it, refused a request.</summary>
public sealed class ChatException : Exception
{
    /// <summary>A refusal as the server said it.</summary>
    public ChatException(Error error) : this(error.Code, error.Message)
    {
        RetryAfter = error.RetryAfterMs is { } ms ? TimeSpan.FromTicks(Math.Clamp(ms, 0, TimeSpan.MaxValue.Ticks / TimeSpan.TicksPerMillisecond) * TimeSpan.TicksPerMillisecond) : null;
        IncidentId = error.IncidentId;
    }

    /// <summary>A refusal of the client itself.</summary>
    public ChatException(ErrorCode code, string message, Exception? innerException = null) : base(message, innerException) =>
        Code = code;

    /// <summary>What programs decide by.</summary>
    public ErrorCode Code { get; }

    /// <summary>When trying again makes sense, from now; null when it does not.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>For <see cref="ErrorCode.Internal"/>: the id under which the server's log tells more.</summary>
    public string? IncidentId { get; }
}
