using System.Net;
using System.Threading.RateLimiting;
using Chat.Contracts;
using Chat.Hub.Rooms;
using Microsoft.Extensions.Options;

namespace Chat.Hub.SignIn;

/// <summary>
/// Slows guessing. Attempts are counted by address; tries of a password by account and address together, so that nobody can
/// lock an account out for its owner elsewhere.
/// </summary>
internal sealed class SignInLimiter(IOptions<SignInOptions> options) : IDisposable
{
    private readonly PartitionedRateLimiter<IPAddress> attempts = PerMinute<IPAddress>(options.Value.AttemptsPerAddress);
    private readonly PartitionedRateLimiter<(string, IPAddress)> passwords = PerMinute<(string, IPAddress)>(options.Value.PasswordTries);

    /// <summary>Counts an attempt; the refusal when there were too many.</summary>
    public Error? Attempt(IPAddress? from)
    {
        using var lease = attempts.AttemptAcquire(from ?? IPAddress.None);
        return lease.IsAcquired ? null : Refuse(lease);
    }

    /// <summary>Counts a try of a password before it is checked, so that many at once are no way around; the refusal when there were too many.</summary>
    public Error? Password(string name, IPAddress? from)
    {
        using var lease = passwords.AttemptAcquire((Names.Key(name), from ?? IPAddress.None));
        return lease.IsAcquired ? null : Refuse(lease);
    }

    public void Dispose()
    {
        attempts.Dispose();
        passwords.Dispose();
    }

    private static PartitionedRateLimiter<TKey> PerMinute<TKey>(int permits) where TKey : notnull =>
        PartitionedRateLimiter.Create<TKey, TKey>(key => RateLimitPartition.GetFixedWindowLimiter(key, _ => new FixedWindowRateLimiterOptions
        {
            PermitLimit = permits,
            Window = TimeSpan.FromMinutes(1),
            QueueLimit = 0,
            AutoReplenishment = true,
        }));

    private static Error Refuse(RateLimitLease lease) => Refusal.Of(
        ErrorCode.RateLimited, "Too many tries. Wait a moment.",
        lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : TimeSpan.FromMinutes(1));
}
