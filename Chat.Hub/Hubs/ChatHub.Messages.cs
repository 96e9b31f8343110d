using Chat.Contracts;
using Chat.Hub.Nodes;
using Chat.Hub.Rooms;

namespace Chat.Hub.Hubs;

internal sealed partial class ChatHub
{
    public async Task<Reply<Message>> SendMessage(SendMessage request)
    {
        if (limiter.Refusal(Speaker.UserId) is { } wait) return wait;
        var written = await log.Write(new PostMessage(Speaker, request), Context.ConnectionAborted);
        return written.Error is { } refusal ? refusal : (Message)written.Result!.Records[0];
    }

    public async Task<Reply<History>> GetHistory(GetHistory request) =>
        PageRules.Check(request) is { } mistake ? mistake
        : await Barred(request.RoomId) is { } refusal ? refusal
        : await store.ReadHistory(request, Context.ConnectionAborted);

    public async Task<Reply<RoomSync>> Sync(SyncRoom request) =>
        PageRules.Check(request) is { } mistake ? mistake
        : await Barred(request.RoomId) is { } refusal ? refusal
        : await store.Sync(request, Context.ConnectionAborted);

    public async Task<Reply<ReadMarker>> MarkRead(MarkRead request)
    {
        if (PageRules.CheckSeq("seq", request.Seq) is { } mistake) return mistake;
        if (await Barred(request.RoomId) is { } refusal) return refusal;
        var marker = await store.MarkRead(Speaker.UserId, request, Context.ConnectionAborted);
        backplane.Say(new MarkerTold(marker));
        await Clients.User(Context.UserIdentifier!).ReadMarkerMoved(marker);
        return marker;
    }
}
