using System.Buffers.Text;
using System.Globalization;

namespace Chat.Bench.Load.Clients;

/// <summary>The beginning of every text: who sent it, and as its how manieth. It is found in any protocol without reading the rest.</summary>
internal static class Numbered
{
    public const int Length = 14;
    public const int TextLength = 100;

    /// <summary>Stands for the sender and the number in what is to be sent.</summary>
    public const string Blank = "ssssnnnnnnnn";

    /// <summary>Stands for the beginning of an id: the time, as clients have it there (UUIDs of version 7).</summary>
    public const string Moment = "tttttttt-tttt";

    /// <summary>A text of 100 bytes whose sender and number are to be filled in.</summary>
    public static readonly string Text = "~=" + Blank + new string('m', TextLength - Length);

    public static ReadOnlySpan<byte> Begin => "~="u8;

    /// <summary>Reads what <see cref="Begin"/> begins.</summary>
    public static (int Sender, int Number) Read(ReadOnlySpan<byte> mark) =>
        Utf8Parser.TryParse(mark[2..6], out ushort sender, out _, 'x') && Utf8Parser.TryParse(mark[6..14], out uint number, out _, 'x')
            ? (sender, (int)number)
            : throw new LoadException($"A delivery is spoiled: {System.Text.Encoding.UTF8.GetString(mark)}.");

    public static void Write(Span<byte> blank, int sender, int number)
    {
        Span<char> text = stackalloc char[Blank.Length];
        _ = sender.TryFormat(text, out _, "x4", CultureInfo.InvariantCulture) && number.TryFormat(text[4..], out _, "x8", CultureInfo.InvariantCulture);
        for (var i = 0; i < Blank.Length; i++) blank[i] = (byte)text[i];
    }

    public static void WriteMoment(Span<byte> blank, DateTimeOffset now)
    {
        var milliseconds = now.ToUnixTimeMilliseconds();
        _ = Utf8Formatter.TryFormat((uint)(milliseconds >> 16), blank, out _, new('x', 8)) && Utf8Formatter.TryFormat((ushort)milliseconds, blank[9..], out _, new('x', 4));
    }
}
