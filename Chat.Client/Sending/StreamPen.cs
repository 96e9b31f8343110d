using System.Text;
using System.Threading.Channels;
using Chat.Client.Connecting;
using Chat.Contracts;

namespace Chat.Client.Sending;

/// <summary>Writes one streamed message: one piece under way at a time, which takes along all that has come meanwhile.</summary>
internal sealed class StreamPen(ClientGear gear, Calls calls, Postman postman, Guid? author)
{
    // The server takes 40 pieces a second of a user, over all its messages.
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan SignOfLife = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(5);
    private const int LongestPiece = 4_096;

    private readonly Lock gate = new();
    private readonly StringBuilder text = new();
    private readonly Channel<bool> more = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private bool isRead;

    public async Task<Message> WriteAsync(StreamStart start, IAsyncEnumerable<string> pieces, CancellationToken ct)
    {
        var message = await postman.AskAsAsync(author, hub => hub.BeginStream(start), ct).ConfigureAwait(false);
        author = message.AuthorId;
        postman.Enter(message);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var reading = ReadAsync(pieces, ending.Token);
        try
        {
            var sent = 0;
            while (await SendNextAsync(message, sent, ct).ConfigureAwait(false) is { } length) sent = length;
            await reading.ConfigureAwait(false);
            return await EndAsync(message, ct).ConfigureAwait(false);
        }
        catch
        {
            await ending.CancelAsync().ConfigureAwait(false);
            // Not waited for: whoever writes the pieces may not listen, and never write another one.
            _ = reading.ContinueWith(read => read.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
            await GiveUpAsync(message).ConfigureAwait(false);
            throw;
        }
    }

    private async Task ReadAsync(IAsyncEnumerable<string> pieces, CancellationToken ct)
    {
        try
        {
            await foreach (var piece in pieces.WithCancellation(ct).ConfigureAwait(false))
            {
                ct.ThrowIfCancellationRequested();
                lock (gate) text.Append(piece);
                more.Writer.TryWrite(true);
                // Too long whatever it weighs: there may be no end of it.
                if (text.Length > postman.Limits.MessageTextBytes) throw postman.TooLarge();
            }
        }
        finally
        {
            lock (gate) isRead = true;
            more.Writer.TryWrite(true);
        }
    }

    /// <summary>Sends what is there above a length, or a sign of life.</summary>
    /// <returns>How much the server has; null when it has all there will be.</returns>
    private async Task<int?> SendNextAsync(Message message, int sent, CancellationToken ct)
    {
        var piece = Next(sent, out var isAll);
        if (piece.Length is 0 && isAll) return null;
        if (piece.Length is 0 && await MoreAsync(ct).ConfigureAwait(false)) return sent;
        var request = new StreamPiece { RoomId = message.RoomId, Seq = message.Seq, Offset = sent, Text = piece };
        var progress = await postman.AskAsAsync(author, hub => hub.AppendStream(request), ct).ConfigureAwait(false);
        await Task.Delay(Pace, gear.Time, ct).ConfigureAwait(false);
        return progress.Length;
    }

    private async Task<bool> MoreAsync(CancellationToken ct)
    {
        using var limit = new CancellationTokenSource(SignOfLife, gear.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, ct);
        try
        {
            await more.Reader.ReadAsync(either.Token).ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return false;
        }
    }

    private string Next(int sent, out bool isAll)
    {
        lock (gate)
        {
            isAll = isRead && sent >= text.Length;
            var length = Math.Clamp(text.Length - sent, 0, LongestPiece);
            // Half a character waits for its other half.
            if (length > 0 && char.IsHighSurrogate(text[sent + length - 1]) && !(isRead && sent + length == text.Length)) length--;
            return length is 0 ? "" : text.ToString(sent, length);
        }
    }

    private async Task<Message> EndAsync(Message message, CancellationToken ct)
    {
        var end = new StreamEnd { RoomId = message.RoomId, Seq = message.Seq, Length = text.Length };
        while (true)
        {
            try
            {
                var whole = await postman.AskAsAsync(author, hub => hub.EndStream(end), ct).ConfigureAwait(false);
                postman.Enter(whole);
                return whole;
            }
            catch (ChatException e) when (e.Code is ErrorCode.Conflict)
            {
                // A node died after it had answered, with what it had not written yet.
                var sent = 0;
                while (await SendNextAsync(message, sent, ct).ConfigureAwait(false) is { } length) sent = length;
            }
        }
    }

    // Not worth more than a moment: the server does it by itself after 20 s.
    private async Task GiveUpAsync(Message message)
    {
        using var limit = new CancellationTokenSource(Farewell, gear.Time);
        var end = new StreamEnd { RoomId = message.RoomId, Seq = message.Seq, Length = 0, IsCutOff = true };
        try
        {
            await calls.AskOnceAsync(hub => hub.EndStream(end), limit.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is ChatException or OperationCanceledException)
        {
            // There is no connection.
        }
    }
}
