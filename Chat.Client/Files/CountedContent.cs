using System.Buffers;
using System.Net;

namespace Chat.Client.Files;

/// <summary>A stream as the body of a request, in pieces that are counted as they leave. The stream stays open.</summary>
internal sealed class CountedContent(Stream content, Patience patience, IProgress<long>? progress, CancellationToken ct) : HttpContent
{
    private const int PieceBytes = 64 * 1024;

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        var piece = ArrayPool<byte>.Shared.Rent(PieceBytes);
        try
        {
            var sent = 0L;
            while (await ReadAsync(piece).ConfigureAwait(false) is > 0 and var read)
            {
                await stream.WriteAsync(piece.AsMemory(0, read), ct).ConfigureAwait(false);
                progress?.Report(sent += read);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(piece);
        }
    }

    private async Task<int> ReadAsync(byte[] piece)
    {
        patience.Pause();
        var read = await content.ReadAsync(piece, ct).ConfigureAwait(false);
        patience.Begin();
        return read;
    }

    // Said where it is known, so that what is too large is refused before it is sent.
    protected override bool TryComputeLength(out long length)
    {
        length = content.CanSeek ? content.Length - content.Position : 0;
        return content.CanSeek;
    }
}
