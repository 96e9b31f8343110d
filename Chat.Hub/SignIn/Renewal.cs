using System.Security.Cryptography;
using Chat.Hub.Storage;

namespace Chat.Hub.SignIn;

/// <summary>What to do with a refresh token.</summary>
internal enum Renewal
{
    /// <summary>The session has ended, or there never was one.</summary>
    Refuse,

    /// <summary>It is the one that is good now: give the next one.</summary>
    Rotate,

    /// <summary>It was taken a moment ago, and the next one is not used yet: the answer was lost, or two asked at once. Answer the same.</summary>
    Repeat,

    /// <summary>It was used before: two have it, and one of them has no right to it. End the session.</summary>
    Revoke,
}

/// <summary>Decides it.</summary>
internal static class RenewalRule
{
    /// <summary>How long after a renewal the token before is answered once more.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(30);

    public static Renewal Decide(KeptSession? session, byte[] hash, DateTimeOffset now, TimeSpan life) =>
        session is not { RevokedAt: null } || session.LastUsedAt <= now - life ? Renewal.Refuse
        : CryptographicOperations.FixedTimeEquals(session.TokenHash, hash) ? Renewal.Rotate
        : CryptographicOperations.FixedTimeEquals(session.PreviousHash, hash) && now - session.RenewedAt <= Grace ? Renewal.Repeat
        : Renewal.Revoke;
}
