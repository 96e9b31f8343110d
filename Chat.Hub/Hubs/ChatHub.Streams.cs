using Chat.Contracts;

namespace Chat.Hub.Hubs;

internal sealed partial class ChatHub
{
    public async Task<Reply<Message>> BeginStream(StreamStart request) =>
        limiter.Refusal(Speaker.UserId) is { } wait ? wait : await streams.Begin(Speaker, request, Context.ConnectionAborted);

    public Task<Reply<StreamProgress>> AppendStream(StreamPiece request) => streams.Append(Speaker, request, Context.ConnectionAborted);

    public Task<Reply<Message>> EndStream(StreamEnd request) => streams.End(Speaker, request, Context.ConnectionAborted);
}
