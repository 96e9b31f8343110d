using System.Net;
using System.Threading.RateLimiting;
using Chat.Contracts;
using Chat.Hub.Rooms;
using Microsoft.Extensions.Options;

namespace Chat.Hub.SignIn;

/// <summary>
/// Slows guessing. Attempts are counted by address; wrong passwords by account and address together, so that nobody can
/// lock an account out for its owner elsewhere.
/// </summary>
internal sealed class SignInLimiter(IOptions<SignInOptions> options) : IDisposable
{
    private readonly PartitionedRateLimiter<IPAddress> attempts = PerMinute<IPAddress>(options.Value.AttemptsPerAddress);
    private readonly PartitionedRateLimiter<(string, IPAddress)> wrong = PerMinute<(string, IPAddress)>(options.Value.WrongPasswords);

    /// <summary>Counts an attempt; the refusal when there were too many.</summary>
    public Error? Attempt(IPAddress? from)
    {
        using var lease = attempts.AttemptAcquire(from ?? IPAddress.None);
        return lease.IsAcquired ? null : Refuse(lease);
    }

    /// <summary>The refusal when there were too many wrong passwords already.</summary>
    public Error? BeforePassword(string name, IPAddress? from)
    {
        using var lease = wrong.AttemptAcquire((Names.Key(name), from ?? IPAddress.None), permitCount: 0);
        return lease.IsAcquired ? null : Refuse(lease);
    }

    public void CountWrong(string name, IPAddress? from) => wrong.AttemptAcquire((Names.Key(name), from ?? IPAddress.None)).Dispose();

    public void Dispose()
    {
        attempts.Dispose();
        wrong.Dispose();
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
