using Chat.Contracts;

namespace Chat.Client.Connecting;

/// <summary>Refusals become exceptions where the typed client hands answers to its caller.</summary>
internal static class Replies
{
    public static T OrThrow<T>(this Reply<T> reply) where T : class => reply switch
    {
        { Error: { } error } => throw new ChatException(error),
        { Result: { } result } => result,
        _ => throw new ChatException(ErrorCode.Internal, "The server answered nothing."),
    };

    public static void OrThrow(this Reply reply)
    {
        if (reply.Error is { } error) throw new ChatException(error);
    }

    public static async Task<T> OrThrow<T>(this Task<Reply<T>> reply) where T : class =>
        (await reply.ConfigureAwait(false)).OrThrow();

    public static async Task OrThrow(this Task<Reply> reply) => (await reply.ConfigureAwait(false)).OrThrow();
}
