using System.Diagnostics.CodeAnalysis;
using MessagePack;

namespace Chat.Contracts;

/// <summary>The answer to a request that has no result of its own: done, or refused with an <see cref="Error"/>.</summary>
[MessagePackObject]
public record Reply
{
    /// <summary>A request that was done.</summary>
    public static Reply Done { get; } = new();

    /// <summary>Why the request was refused; null when it was done.</summary>
    [Key("error")]
    public Error? Error { get; init; }

    /// <summary>A refusal.</summary>
    public static implicit operator Reply(Error error) => new() { Error = error };
}

/// <summary>The answer to a request: a result, or an <see cref="Error"/>, never both.</summary>
/// <typeparam name="T">The result.</typeparam>
[MessagePackObject]
[SuppressMessage("Usage", "CA2225", Justification = "Replies are written as the result or the error itself.")]
public sealed record Reply<T> where T : class
{
    /// <summary>The result; null when the request was refused.</summary>
    [Key("result")]
    public T? Result { get; init; }

    /// <summary>Why the request was refused; null when it was done.</summary>
    [Key("error")]
    public Error? Error { get; init; }

    /// <summary>A result.</summary>
    public static implicit operator Reply<T>(T result) => new() { Result = result };

    /// <summary>A refusal.</summary>
    public static implicit operator Reply<T>(Error error) => new() { Error = error };
}

/// <summary>An expected refusal, or the receipt of an unexpected failure.</summary>
[MessagePackObject]
public sealed record Error
{
    /// <summary>What programs decide by.</summary>
    [Key("code")]
    public required ErrorCode Code { get; init; }

    /// <summary>What people read, in English.</summary>
    [Key("message")]
    public required string Message { get; init; }

    /// <summary>When trying again makes sense, in milliseconds from now; null when it does not.</summary>
    [Key("retryAfterMs")]
    public long? RetryAfterMs { get; init; }

    /// <summary>For <see cref="ErrorCode.Internal"/>: the id under which the server's log tells more.</summary>
    [Key("incidentId")]
    public string? IncidentId { get; init; }
}

/// <summary>Why a request was refused. A code that a client does not know reads as <see cref="Unknown"/>.</summary>
public enum ErrorCode
{
    /// <summary>A code of a newer server.</summary>
    Unknown = 0,

    /// <summary>The request breaks a rule of form; its message names the field.</summary>
    Invalid,

    /// <summary>There is no such hub method.</summary>
    UnknownMethod,

    /// <summary><see cref="IChatHub.Connect"/> comes first on a connection.</summary>
    ConnectFirst,

    /// <summary>The client's contract version is not spoken here.</summary>
    UnsupportedVersion,

    /// <summary>No sign-in, or one that has ended.</summary>
    Unauthenticated,

    /// <summary>The caller may not do this.</summary>
    Forbidden,

    /// <summary>No such room, message or user, or none that the caller may know of.</summary>
    NotFound,

    /// <summary>The caller is not a member of the room.</summary>
    NotAMember,

    /// <summary>All seats of the room are taken.</summary>
    RoomFull,

    /// <summary>The room's password is another, or name and password of an account do not go together.</summary>
    WrongPassword,

    /// <summary>The caller is muted in the room for a while.</summary>
    Muted,

    /// <summary>The caller is banned from the room.</summary>
    Banned,

    /// <summary>The name belongs to another room or account.</summary>
    NameTaken,

    /// <summary>The request is larger than its limit; the connection stays.</summary>
    TooLarge,

    /// <summary>Too many of these from this caller; see <see cref="Error.RetryAfterMs"/>.</summary>
    RateLimited,

    /// <summary>The id was used before, for something else.</summary>
    Conflict,

    /// <summary>The server cannot do it now (store away or too much waiting); see <see cref="Error.RetryAfterMs"/>.</summary>
    Unavailable,

    /// <summary>Unexpected; see <see cref="Error.IncidentId"/>.</summary>
    Internal,
}
