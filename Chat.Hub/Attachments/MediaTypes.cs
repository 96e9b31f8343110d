using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace Chat.Hub.Attachments;

/// <summary>What a file is, by its first bytes: never by its name, nor by what its sender says.</summary>
internal static class MediaTypes
{
    public const string Unknown = "application/octet-stream";
    public const string Text = "text/plain";
    public const string Png = "image/png";
    public const string Jpeg = "image/jpeg";
    public const string Gif = "image/gif";
    public const string Webp = "image/webp";

    private static readonly (int At, byte[] Bytes, string Type)[] Signatures =
    [
        (0, [0x89, .. "PNG\r\n\u001a\n"u8], Png),
        (0, [0xFF, 0xD8, 0xFF], Jpeg),
        (0, [.. "GIF87a"u8], Gif),
        (0, [.. "GIF89a"u8], Gif),
        (0, [.. "%PDF-"u8], "application/pdf"),
        (0, [.. "OggS"u8], "audio/ogg"),
        (0, [.. "fLaC"u8], "audio/flac"),
        (0, [.. "ID3"u8], "audio/mpeg"),
        (0, [0x1F, 0x8B, 0x08], "application/gzip"),
    ];

    // HTML, SVG and their like, wherever they begin: a browser that guesses must get a download.
    private static readonly SearchValues<string> Markup = SearchValues.Create(
        ["<!doctype", "<html", "<head", "<body", "<script", "<svg", "<iframe", "<?xml", "<math", "<!entity"], StringComparison.OrdinalIgnoreCase);

    /// <summary>What browsers show or play without running any of it.</summary>
    public static bool IsSafeInline(string type) => type is Png or Jpeg or Gif or Webp or Text or "video/mp4" or "video/webm"
        or "audio/mpeg" or "audio/mp4" or "audio/ogg" or "audio/wav" or "audio/flac";

    /// <summary>Whether it is a picture of which size and thumbnail can be told.</summary>
    public static bool IsImage(string type) => type is Png or Jpeg or Gif or Webp;

    /// <param name="head">The first bytes of the file, a few thousand.</param>
    /// <param name="isWhole">Whether they are all; else they may end within a character.</param>
    public static string Of(ReadOnlySpan<byte> head, bool isWhole)
    {
        foreach (var (at, bytes, type) in Signatures)
        {
            if (Has(head, at, bytes)) return type;
        }
        return OfBox(head) ?? OfRiff(head) ?? OfMatroska(head) ?? OfArchive(head) ?? OfMpegAudio(head) ?? OfText(isWhole ? head : WholeCharacters(head)) ?? Unknown;
    }

    // ISO base media (ISO/IEC 14496-12): the brand follows "ftyp".
    private static string? OfBox(ReadOnlySpan<byte> head) => !Has(head, 4, "ftyp"u8) || head.Length < 12 ? null
        : Encoding.Latin1.GetString(head.Slice(8, 4)) switch
        {
            "avif" or "avis" => "image/avif",
            "heic" or "heix" or "hevc" or "mif1" or "msf1" => "image/heic",
            "qt  " => "video/quicktime",
            "M4A " or "M4B " => "audio/mp4",
            "isom" or "iso2" or "iso4" or "iso5" or "iso6" or "mp41" or "mp42" or "avc1" or "dash" or "M4V " or "MSNV" => "video/mp4",
            _ => Unknown,
        };

    private static string? OfRiff(ReadOnlySpan<byte> head) =>
        !Has(head, 0, "RIFF"u8) ? null : Has(head, 8, "WEBP"u8) ? Webp : Has(head, 8, "WAVE"u8) ? "audio/wav" : Unknown;

    private static string? OfMatroska(ReadOnlySpan<byte> head) =>
        !Has(head, 0, [0x1A, 0x45, 0xDF, 0xA3]) ? null
        : head[..Math.Min(head.Length, 64)].IndexOf("webm"u8) >= 0 ? "video/webm" : "video/x-matroska";

    private static string? OfArchive(ReadOnlySpan<byte> head) =>
        Has(head, 0, "PK\u0005\u0006"u8) ? "application/zip"
        : !Has(head, 0, "PK\u0003\u0004"u8) ? null
        : OpenDocument(head) ?? (
            head.IndexOf("word/"u8) >= 0 ? "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
            : head.IndexOf("xl/"u8) >= 0 ? "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
            : head.IndexOf("ppt/"u8) >= 0 ? "application/vnd.openxmlformats-officedocument.presentationml.presentation"
            : "application/zip");

    // Their first entry is "mimetype", not compressed: OpenDocument 1.3, part 2, 3.3.
    private static string? OpenDocument(ReadOnlySpan<byte> head)
    {
        if (!Has(head, 30, "mimetypeapplication/vnd.oasis.opendocument."u8)) return null;
        var type = head[38..Math.Min(head.Length, 38 + 80)];
        var end = type.IndexOfAnyExcept(SearchValues.Create("abcdefghijklmnopqrstuvwxyz-./"u8));
        return Encoding.Latin1.GetString(end < 0 ? type : type[..end]);
    }

    // A frame of layer III with a bit rate and sample rate that exist.
    private static string? OfMpegAudio(ReadOnlySpan<byte> head) =>
        head is [0xFF, var version, var rate, ..] && (version & 0xE6) is 0xE2 && (version & 0x18) is not 0x08
            && (rate & 0xF0) is not (0x00 or 0xF0) && (rate & 0x0C) is not 0x0C ? "audio/mpeg" : null;

    private static string? OfText(ReadOnlySpan<byte> text)
    {
        if (!Utf8.IsValid(text)) return null;
        foreach (var b in text)
        {
            if (b is < 0x20 and not ((byte)'\t' or (byte)'\n' or (byte)'\r' or (byte)'\f') or 0x7F) return null;
        }
        return Encoding.UTF8.GetString(text).AsSpan().ContainsAny(Markup) ? Unknown : Text;
    }

    private static ReadOnlySpan<byte> WholeCharacters(ReadOnlySpan<byte> head)
    {
        for (var back = 1; back <= Math.Min(3, head.Length); back++)
        {
            var b = head[^back];
            if (b < 0x80) return head;
            if (b >= 0xC0) return back < (b >= 0xF0 ? 4 : b >= 0xE0 ? 3 : 2) ? head[..^back] : head;
        }
        return head;
    }

    private static bool Has(ReadOnlySpan<byte> head, int at, ReadOnlySpan<byte> bytes) =>
        head.Length >= at + bytes.Length && head.Slice(at, bytes.Length).SequenceEqual(bytes);
}
