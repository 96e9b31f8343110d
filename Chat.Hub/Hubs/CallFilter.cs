using System.Collections.Concurrent;
using System.Reflection;
using Chat.Contracts;
using Chat.Hub.Delivery;
using Chat.Hub.Integrations;
using Chat.Hub.Rooms;
using Chat.Hub.SignIn;
using Chat.Hub.Storage;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.SignalR;

namespace Chat.Hub.Hubs;

/// <summary>Around every call: Connect comes first, and an unexpected failure becomes a reply with an id to look up.</summary>
internal sealed partial class CallFilter(CallLimiter limiter, Bots bots, LiveSessions sessions, ILogger<CallFilter> logger) : IHubFilter
{
    private static readonly ConcurrentDictionary<Type, Func<Error, object>> Replies = [];

    private static readonly string[] OpenToAll =
        [nameof(ChatHub.Connect), nameof(ChatHub.Ping), nameof(ChatHub.RefuseCall), nameof(ChatHub.RejectFrame)];

    public async ValueTask<object?> InvokeMethodAsync(
        HubInvocationContext invocationContext, Func<HubInvocationContext, ValueTask<object?>> next)
    {
        var method = invocationContext.HubMethod;
        var caller = invocationContext.Context.User!;
        var live = invocationContext.Context.Features.GetRequiredFeature<Liveness>();
        live.Hear();
        if (!live.IsIntroduced && !OpenToAll.Contains(method.Name))
            return ReplyOf(method, Refusal.Of(ErrorCode.ConnectFirst, "Call Connect first."));
        if (method.Name is not nameof(ChatHub.RejectFrame) && limiter.Refusal(ChatClaims.SpeakerOf(caller).UserId) is { } wait)
            return ReplyOf(method, wait);
        if (!IsOurs(method.Name) && HubScopes.Refusal(caller, method.Name) is { } forbidden) return ReplyOf(method, forbidden);
        // Its connection is being closed; until it is, nothing more is done for it.
        if (ChatClaims.SessionOf(invocationContext.Context.User) is { } sessionId && sessions.HasEnded(sessionId))
            return ReplyOf(method, Refusal.Of(ErrorCode.Unauthenticated, "You were signed out."));
        try
        {
            return method.Name is nameof(ChatHub.Connect) ? await Connect(invocationContext, next) : await next(invocationContext);
        }
        catch (StoreUnavailableException)
        {
            return ReplyOf(method, Refusal.Unavailable(TimeSpan.FromSeconds(2)));
        }
        catch (OperationCanceledException) when (invocationContext.Context.ConnectionAborted.IsCancellationRequested)
        {
            // The caller is gone; nobody reads this.
            return ReplyOf(method, Refusal.Unavailable(TimeSpan.FromSeconds(2)));
        }
        catch (Exception e)
        {
            var incident = Guid.NewGuid().ToString("N");
            LogIncident(e, incident, method.Name, invocationContext.Context.UserIdentifier);
            return ReplyOf(method, Refusal.Of(ErrorCode.Internal, "Something went wrong here. The log tells more under the id.") with { IncidentId = incident });
        }
    }

    // Asked again after: a bot whose token was revoked meanwhile was not connected yet when its connections were closed.
    private async Task<object?> Connect(HubInvocationContext call, Func<HubInvocationContext, ValueTask<object?>> next)
    {
        if (await bots.Refuse(call.Context.User!, call.Context.ConnectionAborted) is { } refusal) return ReplyOf(call.HubMethod, refusal);
        var reply = await next(call);
        if (await bots.Refuse(call.Context.User!, call.Context.ConnectionAborted) is not { } revoked) return reply;
        call.Context.Abort();
        return ReplyOf(call.HubMethod, revoked);
    }

    // Where the protocol sends what it could not read.
    private static bool IsOurs(string method) => method is nameof(ChatHub.RefuseCall) or nameof(ChatHub.RejectFrame);

    private static object? ReplyOf(MethodInfo method, Error error)
    {
        var type = method.ReturnType.GenericTypeArguments.SingleOrDefault();
        return type is null ? null : Replies.GetOrAdd(type, MakerOf)(error);
    }

    private static Func<Error, object> MakerOf(Type reply)
    {
        var error = reply.GetProperty(nameof(Reply.Error))!;
        return value =>
        {
            var made = Activator.CreateInstance(reply)!;
            error.SetValue(made, value);
            return made;
        };
    }

    [LoggerMessage(31, LogLevel.Error, "Incident {IncidentId} in {Method} of user {UserId}.")]
    private partial void LogIncident(Exception exception, string incidentId, string method, string? userId);
}
