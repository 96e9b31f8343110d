using Chat.Client;

namespace Chat.Samples.Bot;

/// <summary>
/// How the bot comes in. The client asks at every connecting: a bot signs in anew with its token, for its access tokens last
/// an hour and cannot be renewed. Without a token it is a guest, which is good for a first try only.
/// </summary>
internal sealed class Passport(ChatSignIn signIn, string? token, string name) : IDisposable
{
    private KeptSignIn? guest;

    public async Task<string?> AccessTokenAsync(CancellationToken ct)
    {
        if (token is not null) return (await signIn.AsBotAsync(token, ct)).AccessToken;
        guest ??= new KeptSignIn(signIn, await signIn.AsGuestAsync(name, ct));
        return await guest.AccessTokenAsync(ct);
    }

    public void Dispose() => guest?.Dispose();
}
