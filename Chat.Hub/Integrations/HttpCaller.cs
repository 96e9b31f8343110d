using System.Security.Claims;
using Chat.Contracts;
using Chat.Hub.Hubs;
using Chat.Hub.Operations;
using Chat.Hub.Rooms;
using Chat.Hub.SignIn;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.SignalR;

namespace Chat.Hub.Integrations;

/// <summary>Whoever calls over plain HTTP, by an access token. What it calls are the methods of the hub themselves.</summary>
internal static class HttpCaller
{
    public static Speaker Speaker(this HttpContext http) => ChatClaims.SpeakerOf(http.User);

    /// <summary>Calls a method of the hub: with the limits, the scopes and the rules that hold there.</summary>
    public static Task<IResult> Ask<T>(this HttpContext http, string method, Func<ChatHub, Task<Reply<T>>> call) where T : class =>
        HttpReplies.Of<T>(async () => await http.Barred(method) is { } refusal ? refusal : await http.Call(call));

    /// <summary>As <see cref="Ask"/>, with a body.</summary>
    public static Task<IResult> Send<TBody, T>(this HttpContext http, string method, Func<ChatHub, TBody, Task<Reply<T>>> call) where T : class =>
        HttpReplies.Read<TBody, T>(
            http,
            async body => await http.Barred(method) is { } refusal ? refusal : await http.Call(hub => call(hub, body)),
            HttpReplies.MostMessageBytes);

    /// <summary>Why the caller may not ask now; null when it may.</summary>
    private static async Task<Error?> Barred(this HttpContext http, string method) =>
        http.RequestServices.GetRequiredService<CallLimiter>().Refusal(http.Speaker().UserId)
        ?? HubScopes.Refusal(http.User, method)
        ?? await http.RequestServices.GetRequiredService<Bots>().Refuse(http.User, http.RequestAborted);

    private static async Task<T> Call<T>(this HttpContext http, Func<ChatHub, Task<T>> call)
    {
        using var hub = ActivatorUtilities.CreateInstance<ChatHub>(http.RequestServices);
        hub.Context = new Caller(http);
        return await call(hub);
    }

    private sealed class Caller(HttpContext http) : HubCallerContext
    {
        public override string ConnectionId => http.Connection.Id;

        public override string? UserIdentifier => http.User.FindFirstValue(ChatClaims.UserId);

        public override ClaimsPrincipal? User => http.User;

        public override IDictionary<object, object?> Items => http.Items;

        public override IFeatureCollection Features => http.Features;

        public override CancellationToken ConnectionAborted => http.RequestAborted;

        public override void Abort() => http.Abort();
    }
}
