using System.Buffers;
using System.Buffers.Binary;

namespace Chat.Hub.Attachments;

/// <summary>The markers of a JPEG: ITU-T T.81, annex B.</summary>
internal static class JpegMarkers
{
    private const int MostSegments = 10_000;

    /// <summary>Looks for the frame's header, past metadata of any length.</summary>
    public static ImageHeader? Read(Stream file)
    {
        Span<byte> bytes = stackalloc byte[8];
        file.Position = 2;
        for (var segment = 0; segment < MostSegments; segment++)
        {
            if (!Fill(file, bytes[..2]) || bytes[0] is not 0xFF) return null;
            var marker = bytes[1];
            if (marker is 0xFF)
            {
                // Padding: the next byte may be the marker.
                file.Position--;
                continue;
            }
            if (marker is 0x01 or >= 0xD0 and <= 0xD8) continue;
            if (marker is 0xD9 or 0xDA || !Fill(file, bytes[..2])) return null;
            var length = BinaryPrimitives.ReadUInt16BigEndian(bytes);
            if (length < 2) return null;
            if (marker is not (>= 0xC0 and <= 0xCF) or 0xC4 or 0xC8 or 0xCC)
            {
                file.Position += length - 2;
                continue;
            }
            if (length < 8 || !Fill(file, bytes[..5])) return null;
            return new ImageHeader(BinaryPrimitives.ReadUInt16BigEndian(bytes[3..]), BinaryPrimitives.ReadUInt16BigEndian(bytes[1..]), marker is 0xC2 or 0xC6 or 0xCA or 0xCE);
        }
        return null;
    }

    /// <summary>Counts the passes over the image, up to a number.</summary>
    public static int CountScans(Stream file, int most)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(64 * 1024);
        try
        {
            var (scans, wasMarker) = (0, false);
            file.Position = 0;
            while (scans < most && file.Read(buffer) is > 0 and var read)
            {
                if (wasMarker && buffer[0] is 0xDA) scans++;
                var piece = buffer.AsSpan(0, read);
                scans += piece.Count((ReadOnlySpan<byte>)[0xFF, 0xDA]);
                wasMarker = piece[^1] is 0xFF;
            }
            return scans;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static bool Fill(Stream file, Span<byte> bytes) => file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) == bytes.Length;
}
