using System.Runtime.CompilerServices;
using Chat.Client.Feeds;
using Chat.Contracts;

namespace Chat.Client;

public sealed partial class ChatClient
{
    private readonly Lock viewGate = new();

    /// <summary>
    /// The client for a user interface to bind to; made when it is first asked for, and kept up from then on in
    /// <see cref="ChatClientOptions.EventContext"/>. Any thread may ask for it; its properties belong to that context.
    /// </summary>
    public ChatView View
    {
        get
        {
            if (book.Gear.View is { } made) return made;
            lock (viewGate)
            {
                if (book.Gear.View is { } view) return view;
                view = book.Gear.View = new ChatView(this, book.Gear);
                // Something may have changed while it was filled.
                view.Mark();
                return view;
            }
        }
    }

    /// <summary>
    /// Newly posted messages of all rooms and their threads from this call on, each once and each room's in order, also those that
    /// were missed while reconnecting; the user's own and the room's (<see cref="MessageKind.System"/>) too. One that was deleted
    /// before it came is left out; one that is still being written comes with the text it has then. Where more than about
    /// 500 changes of a room were missed, or the reader is more than 1,000 behind, messages are missing: that is logged as a warning, and
    /// <see cref="MessagesAsync(Action{MessageGap}, CancellationToken)"/> tells it. It ends when the client is disposed.
    /// </summary>
    /// <param name="ct">Ends it with an <see cref="OperationCanceledException"/>.</param>
    public IAsyncEnumerable<Message> MessagesAsync(CancellationToken ct = default) => Posted(book.Gear.Postings.Read(ct), LogGap, ct);

    /// <summary>As above, for readers who must know what is missing.</summary>
    /// <param name="missed">
    /// Called between the messages, where the missing ones would have been, while the reader waits for the next one. Those
    /// that are in no thread can be read with <see cref="GetHistoryAsync"/>.
    /// </param>
    /// <param name="ct">Ends it with an <see cref="OperationCanceledException"/>.</param>
    public IAsyncEnumerable<Message> MessagesAsync(Action<MessageGap> missed, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(missed);
        return Posted(book.Gear.Postings.Read(ct), missed, ct);
    }

    /// <summary>Waits until the client is connected and nothing is missing; at once where that is so. It does not start the client.</summary>
    /// <param name="ct">Ends waiting.</param>
    /// <exception cref="ChatException">Nobody is signed in any more, or the server does not want the client.</exception>
    /// <exception cref="ObjectDisposedException">The client is disposed.</exception>
    public async Task WaitUntilConnectedAsync(CancellationToken ct = default)
    {
        await foreach (var status in WatchStatusAsync(ct).ConfigureAwait(false))
        {
            if (status.State is ChatState.Connected) return;
            if (status is { State: ChatState.SignedOut or ChatState.Stopped, Reason: { } reason }) throw reason;
        }
        throw new ObjectDisposedException(nameof(ChatClient));
    }

    /// <summary>A start by the host failed; one that was stopped did not.</summary>
    internal void LogFailedStart(Exception reason)
    {
        if (Status.State is not ChatState.Offline) gear.Logger.HostedClientGaveUp(reason);
    }

    private static async IAsyncEnumerable<Message> Posted(
        FeedReader<Posting> postings, Action<MessageGap> missed, [EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (var posting in postings.WithCancellation(ct).ConfigureAwait(false))
        {
            if (posting.Message is { } message) yield return message;
            else missed(posting.Gap!);
        }
    }

    private void LogGap(MessageGap gap) => gear.Logger.MessagesMissed(gap.RoomId, gap.AfterSeq, gap.BeforeSeq);

    private void FollowState(ChatStatus status)
    {
        // What somebody types or stops typing is no longer heard.
        if (status.State is not (ChatState.Connected or ChatState.CatchingUp)) book.Gear.Drop();
    }
}
