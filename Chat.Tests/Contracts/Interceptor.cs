using System.Collections.Concurrent;
using Chat.Contracts;
using Microsoft.AspNetCore.SignalR;

namespace Chat.Tests.Contracts;

/// <summary>Stands before the real hub: keeps what arrived, and answers a sample, so that the rules do not get in the way.</summary>
internal sealed class Interceptor : IHubFilter
{
    public ConcurrentQueue<(string Method, object Request)> Arrived { get; } = [];

    public Filling Filling { get; set; }

    public ValueTask<object?> InvokeMethodAsync(HubInvocationContext invocationContext, Func<HubInvocationContext, ValueTask<object?>> next)
    {
        // A call that the server could not read goes its usual way, and so shows up as a difference.
        if (typeof(IChatHub).GetMethod(invocationContext.HubMethodName) is not { } method) return next(invocationContext);
        Arrived.Enqueue((method.Name, invocationContext.HubMethodArguments[0]!));
        return ValueTask.FromResult<object?>(Samples.Of(method.ReturnType.GenericTypeArguments[0], Filling));
    }
}
