using System.Globalization;

namespace Chat.Samples.Terminal;

/// <summary>The line that is being written. It moves by what a reader sees as one character.</summary>
internal sealed class InputLine
{
    private readonly List<string> written = [];
    private int recalled;

    public string Text { get; private set; } = "";

    /// <summary>Where the next character goes, in UTF-16 code units.</summary>
    public int Cursor { get; private set; }

    /// <returns>The finished line, or null.</returns>
    public string? Press(ConsoleKeyInfo key)
    {
        switch (key.Key)
        {
            case ConsoleKey.Enter: return Finish();
            case ConsoleKey.Backspace: Remove(Before(), Cursor); break;
            case ConsoleKey.Delete: Remove(Cursor, After()); break;
            case ConsoleKey.LeftArrow: Cursor = Before(); break;
            case ConsoleKey.RightArrow: Cursor = After(); break;
            case ConsoleKey.Home: Cursor = 0; break;
            case ConsoleKey.End: Cursor = Text.Length; break;
            case ConsoleKey.UpArrow: Recall(-1); break;
            case ConsoleKey.DownArrow: Recall(+1); break;
            case ConsoleKey.Escape: Set(""); break;
            default:
                if (!char.IsControl(key.KeyChar)) (Text, Cursor) = (Text.Insert(Cursor, $"{key.KeyChar}"), Cursor + 1);
                break;
        }
        return null;
    }

    private string? Finish()
    {
        var line = Text.Trim();
        Set("");
        if (line.Length is 0) return null;
        written.Add(line);
        recalled = written.Count;
        return line;
    }

    private void Recall(int step)
    {
        recalled = Math.Clamp(recalled + step, 0, written.Count);
        Set(recalled < written.Count ? written[recalled] : "");
    }

    private void Set(string text) => (Text, Cursor) = (text, text.Length);

    private void Remove(int from, int to) => (Text, Cursor) = (Text.Remove(from, to - from), from);

    private int Before() => StringInfo.ParseCombiningCharacters(Text).LastOrDefault(start => start < Cursor);

    private int After() => StringInfo.ParseCombiningCharacters(Text).Where(start => start > Cursor).DefaultIfEmpty(Text.Length).First();
}
