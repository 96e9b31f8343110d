using System.Buffers.Binary;

namespace Chat.Hub.Attachments;

/// <summary>What an image says of itself before anything of it is decoded.</summary>
/// <param name="Width">Pixels across, as stored.</param>
/// <param name="Height">Pixels down, as stored.</param>
/// <param name="IsProgressive">A JPEG whose decoder must hold the whole image.</param>
internal readonly record struct ImageHeader(int Width, int Height, bool IsProgressive = false)
{
    public long Pixels => (long)Width * Height;

    /// <summary>Reads the header; null where it is not one.</summary>
    public static ImageHeader? Read(string mediaType, Stream file)
    {
        var found = mediaType is MediaTypes.Jpeg ? JpegMarkers.Read(file) : Read(mediaType, FirstBytes(file));
        return found is { Width: > 0, Height: > 0 } ? found : null;
    }

    private static ImageHeader? Read(string mediaType, ReadOnlySpan<byte> head) => mediaType switch
    {
        // https://www.w3.org/TR/png-3/#11IHDR
        MediaTypes.Png when head.Length >= 24 && head.Slice(12, 4).SequenceEqual("IHDR"u8) =>
            new(BinaryPrimitives.ReadInt32BigEndian(head[16..]), BinaryPrimitives.ReadInt32BigEndian(head[20..])),
        MediaTypes.Gif when head.Length >= 10 => new(Short(head, 6), Short(head, 8)),
        MediaTypes.Webp when head.Length >= 30 => Webp(head),
        _ => null,
    };

    // https://developers.google.com/speed/webp/docs/riff_container
    private static ImageHeader? Webp(ReadOnlySpan<byte> head)
    {
        var kind = head.Slice(12, 4);
        if (kind.SequenceEqual("VP8X"u8)) return new(1 + Three(head, 24), 1 + Three(head, 27));
        if (kind.SequenceEqual("VP8 "u8)) return new(Short(head, 26) & 0x3FFF, Short(head, 28) & 0x3FFF);
        if (!kind.SequenceEqual("VP8L"u8) || head[20] is not 0x2F) return null;
        var bits = BinaryPrimitives.ReadUInt32LittleEndian(head[21..]);
        return new(1 + (int)(bits & 0x3FFF), 1 + (int)(bits >> 14 & 0x3FFF));
    }

    private static int Short(ReadOnlySpan<byte> head, int at) => BinaryPrimitives.ReadUInt16LittleEndian(head[at..]);

    private static int Three(ReadOnlySpan<byte> head, int at) => head[at] | head[at + 1] << 8 | head[at + 2] << 16;

    private static ReadOnlySpan<byte> FirstBytes(Stream file)
    {
        var head = new byte[32];
        return head.AsSpan(0, file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false));
    }
}
