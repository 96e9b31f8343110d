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
    private readonly PartitionedRateLimiter<IPAddress> attempts = Leases.TriesPerMinute<IPAddress>(options.Value.AttemptsPerAddress);
    private readonly PartitionedRateLimiter<(string, IPAddress)> passwords = Leases.TriesPerMinute<(string, IPAddress)>(options.Value.PasswordTries);

    /// <summary>Counts an attempt; the refusal when there were too many.</summary>
    public Error? Attempt(IPAddress? from) => attempts.Try(from ?? IPAddress.None);

    /// <summary>Counts a try of a password before it is checked, so that many at once are no way around; the refusal when there were too many.</summary>
    public Error? Password(string name, IPAddress? from) => passwords.Try((Names.Key(name), from ?? IPAddress.None));

    public void Dispose()
    {
        attempts.Dispose();
        passwords.Dispose();
    }
}
