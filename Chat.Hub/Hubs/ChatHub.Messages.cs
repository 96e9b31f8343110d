using Chat.Contracts;
using Chat.Hub.Delivery;
using Chat.Hub.Nodes;
using Chat.Hub.Rooms;
using Chat.Hub.Storage;

namespace Chat.Hub.Hubs;

internal sealed partial class ChatHub
{
    public async Task<Reply<Message>> SendMessage(SendMessage request) =>
        await Change<Message>(async () => new PostMessage(Speaker, request, await mentions.In(request.RoomId, request.Text, Context.ConnectionAborted)));

    public async Task<Reply<Message>> EditMessage(EditMessage request) =>
        PageRules.CheckSeq("seq", request.Seq) is { } mistake ? mistake
        : await Change<Message>(async () => new EditText(Speaker, request, await mentions.In(request.RoomId, request.Text, Context.ConnectionAborted)));

    public async Task<Reply<Message>> DeleteMessage(MessagePlace request) =>
        PageRules.CheckSeq("seq", request.Seq) is { } mistake ? mistake : await Change<Message>(new RemoveMessage(Speaker, request));

    public async Task<Reply<Message>> SetReaction(SetReaction request) =>
        PageRules.CheckSeq("seq", request.Seq) is { } mistake ? mistake : await Change<Message>(new React(Speaker, request));

    public async Task<Reply<Message>> SetPin(SetPin request) =>
        PageRules.CheckSeq("seq", request.Seq) is { } mistake ? mistake : await Change<Message>(new PinMessage(Speaker, request));

    public async Task<Reply<MessageList>> ListPins(ListPins request) =>
        await Barred(request.RoomId) is { } refusal ? refusal : await pages.ListPins(request.RoomId, Context.ConnectionAborted);

    public async Task<Reply<Edits>> GetEdits(MessagePlace request)
    {
        if (PageRules.CheckSeq("seq", request.Seq) is { } mistake) return mistake;
        if (await Barred(request.RoomId) is { } refusal) return refusal;
        if (await pages.FindMessage(request, Context.ConnectionAborted) is not { DeletedAt: null } message) return Refusal.NotFound("message");
        var past = await pages.EditsOf(request, Context.ConnectionAborted);
        return new Edits { Texts = PageLimits.FittingTexts([.. past, new EditedText { Text = message.Text, Since = message.EditedAt ?? message.CreatedAt }]) };
    }

    public async Task<Reply<History>> GetHistory(GetHistory request) =>
        PageRules.Check(request) is { } mistake ? mistake
        : await Barred(request.RoomId) is { } refusal ? refusal
        : await store.ReadHistory(request, Context.ConnectionAborted);

    public async Task<Reply<RoomSync>> Sync(SyncRoom request) =>
        PageRules.Check(request) is { } mistake ? mistake
        : await Barred(request.RoomId) is { } refusal ? refusal
        : await store.Sync(request, Context.ConnectionAborted);

    // Rooms the caller is not in have no hits: the store looks only into its own.
    public Task<Reply<SearchPage>> Search(SearchMessages request) => finder.Find(Speaker.UserId, request, Context.ConnectionAborted);

    public async Task<Reply<ReadMarker>> MarkRead(MarkRead request)
    {
        if (PageRules.CheckSeq("seq", request.Seq) is { } mistake) return mistake;
        if (await Barred(request.RoomId) is { } refusal) return refusal;
        var (marker, isMoved, seats) = await store.MarkRead(Speaker.UserId, request, Context.ConnectionAborted);
        backplane.Say(new MarkerTold(marker));
        await Clients.User(Context.UserIdentifier!).ReadMarkerMoved(marker);
        if (isMoved && seats <= PageLimits.MostReaders)
        {
            var reader = new Reader { RoomId = marker.RoomId, UserId = marker.UserId, Seq = marker.Seq };
            backplane.SayIn(reader.RoomId, new ReaderTold(reader));
            await Clients.OthersInGroup(ChatGroups.Room(reader.RoomId)).ReaderMoved(reader);
        }
        return marker;
    }

    public async Task<Reply<ReaderList>> ListReaders(ListReaders request) =>
        await Barred(request.RoomId) is { } refusal
            ? refusal
            : await pages.ListReaders(request.RoomId, PageLimits.MostReaders, Context.ConnectionAborted);
}
