using System.Threading.RateLimiting;
using Chat.Contracts;
using Chat.Hub.Rooms;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Chat.Hub.Hubs;

/// <summary>Passwords of rooms: hashed as those of accounts, and slow to guess.</summary>
internal sealed class RoomPasswords(IOptions<RoomLimits> limits) : IDisposable
{
    private readonly PasswordHasher<string> hasher = new();
    private readonly PartitionedRateLimiter<(Guid UserId, Guid RoomId)> tries = Leases.TriesPerMinute<(Guid, Guid)>(limits.Value.PasswordTries);

    /// <summary>
    /// Counts a try, right or wrong, before anything is hashed: by user and room, so that nobody can lock others out. The
    /// refusal when there were too many.
    /// </summary>
    public Error? Try(Guid userId, Guid roomId) => tries.Try((userId, roomId));

    /// <summary>Null for no password.</summary>
    public string? Hash(string? password) => string.IsNullOrEmpty(password) || password.Length > RoomRules.LongestPassword ? null : hasher.HashPassword("", password);

    public bool IsRight(string hash, string password) =>
        password.Length <= RoomRules.LongestPassword && hasher.VerifyHashedPassword("", hash, password) is not PasswordVerificationResult.Failed;

    public void Dispose() => tries.Dispose();
}
