using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Chat.Client.Connecting;
using Chat.Contracts;
using Chat.Contracts.Wire;

namespace Chat.Client;

/// <summary>
/// Signs in over HTTP. All methods throw <see cref="ChatException"/> for a refusal and <see cref="HttpRequestException"/>
/// where the server cannot be reached.
/// </summary>
/// <param name="http">Whose it stays.</param>
/// <param name="server">The address of the server, perhaps with a path prefix.</param>
public sealed class ChatSignIn(HttpClient http, Uri server)
{
    /// <summary>Comes in by a name only. A taken name gets a suffix: see <see cref="SignedIn.User"/>.</summary>
    /// <param name="name">1 to 40 characters.</param>
    /// <param name="ct">Ends waiting.</param>
    public Task<SignedIn> AsGuestAsync(string name, CancellationToken ct = default) =>
        PostAsync(ChatPaths.GuestSignIn, JsonContent.Create(new GuestSignIn { Name = name }, ChatJson.TypeInfo<GuestSignIn>()), null, ct);

    /// <summary>Comes in to an account.</summary>
    /// <param name="name">Its name, in any case.</param>
    /// <param name="password">Its password.</param>
    /// <param name="ct">Ends waiting.</param>
    /// <exception cref="ChatException">With <see cref="ErrorCode.WrongPassword"/> or <see cref="ErrorCode.RateLimited"/>.</exception>
    public Task<SignedIn> WithPasswordAsync(string name, string password, CancellationToken ct = default) =>
        PostAsync(ChatPaths.AccountSignIn, JsonContent.Create(new AccountSignIn { Name = name, Password = password }, ChatJson.TypeInfo<AccountSignIn>()), null, ct);

    /// <summary>Makes an account and comes in to it.</summary>
    /// <param name="name">1 to 40 characters, not taken.</param>
    /// <param name="password">8 to 256 characters.</param>
    /// <param name="ct">Ends waiting; the account may have been made all the same.</param>
    /// <exception cref="ChatException">With <see cref="ErrorCode.NameTaken"/> or <see cref="ErrorCode.Invalid"/>.</exception>
    public Task<SignedIn> CreateAccountAsync(string name, string password, CancellationToken ct = default) =>
        PostAsync(ChatPaths.Accounts, JsonContent.Create(new CreateAccount { Name = name, Password = password }, ChatJson.TypeInfo<CreateAccount>()), null, ct);

    /// <summary>Comes in by a token of the product that Chat is part of; the same person is the same user each time.</summary>
    /// <param name="externalToken">The product's token, as the server's <c>Chat:SignIn:External</c> expects it.</param>
    /// <param name="ct">Ends waiting.</param>
    /// <exception cref="ChatException">With <see cref="ErrorCode.Unauthenticated"/>: the server does not take it.</exception>
    public Task<SignedIn> WithExternalTokenAsync(string externalToken, CancellationToken ct = default) =>
        PostAsync(ChatPaths.ExternalSignIn, null, new AuthenticationHeaderValue("Bearer", externalToken), ct);

    /// <summary>A bot comes in by its token. There is nothing to renew: sign in again at every connecting, see <see cref="ChatClientOptions.AccessToken"/>.</summary>
    /// <param name="token">What an administrator got with <see cref="ChatPaths.Bots"/>.</param>
    /// <param name="ct">Ends waiting.</param>
    /// <exception cref="ChatException">With <see cref="ErrorCode.Unauthenticated"/>: the token is not, or no longer, good.</exception>
    public Task<SignedIn> AsBotAsync(string token, CancellationToken ct = default) =>
        PostAsync(ChatPaths.BotSignIn, JsonContent.Create(new BotSignIn { Token = token }, ChatJson.TypeInfo<BotSignIn>()), null, ct);

    /// <summary>
    /// The next access token and refresh token of the same session. <see cref="KeptSignIn"/> does it when it is time.
    /// </summary>
    /// <param name="refreshToken">
    /// The <see cref="SignedIn.RefreshToken"/> of the last answer. Good once: where the answer was lost, ask again at once; later
    /// than half a minute the session would be ended.
    /// </param>
    /// <param name="ct">Ends waiting.</param>
    /// <exception cref="ChatException">With <see cref="ErrorCode.Unauthenticated"/>: the session has ended.</exception>
    public Task<SignedIn> RenewAsync(string refreshToken, CancellationToken ct = default) =>
        PostAsync(ChatPaths.RenewSignIn, JsonContent.Create(new RenewSignIn { RefreshToken = refreshToken }, ChatJson.TypeInfo<RenewSignIn>()), null, ct);

    /// <summary>The same, with the server's time.</summary>
    internal Task<(SignedIn, DateTimeOffset?)> RenewTimedAsync(string refreshToken, CancellationToken ct) =>
        PostTimedAsync(ChatPaths.RenewSignIn, JsonContent.Create(new RenewSignIn { RefreshToken = refreshToken }, ChatJson.TypeInfo<RenewSignIn>()), null, ct);

    private async Task<SignedIn> PostAsync(string path, HttpContent? content, AuthenticationHeaderValue? authorization, CancellationToken ct) =>
        (await PostTimedAsync(path, content, authorization, ct).ConfigureAwait(false)).Item1;

    private async Task<(SignedIn, DateTimeOffset?)> PostTimedAsync(string path, HttpContent? content, AuthenticationHeaderValue? authorization, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, server.Below(path)) { Content = content };
        request.Headers.Authorization = authorization;
        // The next one is a quarter of an hour away: a connection that was kept until then may be dead, and nobody would know.
        request.Headers.ConnectionClose = true;
        using var response = await http.SendAsync(request, ct).ConfigureAwait(false);
        try
        {
            var reply = await response.Content.ReadFromJsonAsync(ChatJson.TypeInfo<Reply<SignedIn>>(), ct).ConfigureAwait(false);
            return ((reply ?? new()).OrThrow(), response.Headers.Date);
        }
        catch (JsonException e)
        {
            throw Unspoken(response, e);
        }
    }

    // Somebody between here and the server answered, or the server before it came to words.
    internal static ChatException Unspoken(HttpResponseMessage response, JsonException e)
    {
        var code = response.StatusCode switch
        {
            // The server says why in words; a proxy or the page of a hotel that wants to know who is there is not the server.
            HttpStatusCode.Unauthorized => ErrorCode.Unavailable,
            HttpStatusCode.Forbidden => ErrorCode.Forbidden,
            HttpStatusCode.NotFound => ErrorCode.NotFound,
            HttpStatusCode.TooManyRequests => ErrorCode.RateLimited,
            HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout => ErrorCode.Unavailable,
            _ => ErrorCode.Internal,
        };
        return new ChatException(code, $"The server answered {(int)response.StatusCode}.", e) { RetryAfter = response.Headers.RetryAfter?.Delta };
    }
}
