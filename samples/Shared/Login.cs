using System.Text.Json;
using Chat.Client;
using Chat.Contracts;
using Chat.Contracts.Wire;

namespace Chat.Samples;

/// <summary>
/// Comes in as a guest or with a password, and keeps the sign-in in a file where there is one: what waits in an outbox goes
/// out only as its author.
/// </summary>
internal sealed class Login(ChatSignIn signIn, string? file)
{
    /// <param name="name">Of the guest or the account.</param>
    /// <param name="password">Of the account; null for a guest.</param>
    /// <param name="ct">Ends waiting.</param>
    public async Task<KeptSignIn> EnterAsync(string name, Func<string>? password, CancellationToken ct)
    {
        if (await KeptAsync(ct) is { } kept) return kept;
        var signedIn = await (password is null ? signIn.AsGuestAsync(name, ct) : signIn.WithPasswordAsync(name, password(), ct));
        await KeepAsync(signedIn, ct);
        return Kept(signedIn);
    }

    private async Task<KeptSignIn?> KeptAsync(CancellationToken ct)
    {
        if (!File.Exists(file)) return null;
        var kept = Kept(JsonSerializer.Deserialize<SignedIn>(await File.ReadAllTextAsync(file, ct), ChatJson.Options)!);
        try
        {
            await kept.AccessTokenAsync(ct);
            return kept;
        }
        catch (ChatException e) when (e.Code is ErrorCode.Unauthenticated)
        {
            kept.Dispose();
            return null;
        }
        catch (HttpRequestException)
        {
            // The server is away: the client waits for it, and what is written meanwhile is kept.
            return kept;
        }
    }

    private KeptSignIn Kept(SignedIn signedIn) => new(signIn, signedIn, KeepAsync);

    private async Task KeepAsync(SignedIn signedIn, CancellationToken ct)
    {
        if (file is null) return;
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        await using var stream = new FileStream(file, options);
        await JsonSerializer.SerializeAsync(stream, signedIn, ChatJson.Options, ct);
    }
}
