using System.Threading.Channels;
using Spectre.Console;

namespace Chat.Samples.Terminal;

/// <summary>The whole terminal: draws the desk when something changes, and takes keys meanwhile.</summary>
internal sealed class Screen
{
    // For what changes with time alone: the seconds to the next try, people who no longer type, the size of the window.
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(250);

    private readonly Desk desk;
    private readonly InputLine input = new();
    // Null: nothing was pressed, but something changed.
    private readonly Channel<ConsoleKeyInfo?> keys = Channel.CreateUnbounded<ConsoleKeyInfo?>();
    private readonly Scroll scroll = new();
    private string last = "";

    public Screen(Desk desk)
    {
        this.desk = desk;
        desk.Changed += () => keys.Writer.TryWrite(null);
    }

    public async Task RunAsync(CancellationToken ct)
    {
        Console.Write("\e[?1049h"); // the other screen: what was in the terminal is there again at the end
        try
        {
            new Thread(ReadKeys) { IsBackground = true }.Start();
            var starting = desk.Chat.StartAsync(ct);
            var something = Task.FromResult(true);
            while (!desk.IsLeaving && !ct.IsCancellationRequested)
            {
                Draw();
                if (something.IsCompleted) something = keys.Reader.WaitToReadAsync(ct).AsTask();
                await Task.WhenAny(something, Task.Delay(Tick, ct));
                while (keys.Reader.TryRead(out var key))
                {
                    if (key is { } pressed) Press(pressed);
                }
                if (starting.IsFaulted) await starting;
            }
        }
        finally
        {
            Console.Write("\e[?1049l");
        }
    }

    private void ReadKeys()
    {
        while (true) keys.Writer.TryWrite(Console.ReadKey(intercept: true));
    }

    private void Press(ConsoleKeyInfo key)
    {
        var page = Math.Max(1, Console.WindowHeight - 6);
        if (key.Key is ConsoleKey.PageUp) scroll.Above += page;
        else if (key.Key is ConsoleKey.PageDown) scroll.Above = Math.Max(0, scroll.Above - page);
        else if (key.Key is ConsoleKey.Tab) NextRoom();
        else if (input.Press(key) is { } line) Enter(line);
        else if (input.Text is { Length: > 0 } text && text[0] is not '/') desk.Type();
    }

    private void Enter(string line)
    {
        scroll.Above = 0;
        desk.Say("");
        _ = desk.EnterAsync(line);
    }

    private void NextRoom()
    {
        var rooms = desk.Rooms;
        if (desk.Room is not { } room || rooms.Count < 2) return;
        var others = Enumerable.Range(1, rooms.Count - 1).Select(step => rooms[(rooms.ToList().IndexOf(room) + step) % rooms.Count]).ToList();
        scroll.Above = 0;
        desk.Open(others.FirstOrDefault(other => other.Unread > 0) ?? others[0]);
    }

    private void Draw()
    {
        var (width, height) = (Math.Max(20, Console.WindowWidth), Math.Max(6, Console.WindowHeight));
        // Drawn aside and written at once: nothing flickers.
        using var picture = new StringWriter();
        var canvas = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.Yes, Out = new AnsiConsoleOutput(picture) });
        (canvas.Profile.Width, canvas.Profile.Height) = (width, height - 1);
        canvas.Write(Frame.Of(desk, width, scroll, DateTimeOffset.UtcNow));
        if (scroll.Above is 0) desk.See();
        else if (scroll.IsAtTop) desk.LookBack();

        // ?2026: shown by the terminal as one picture. K: whatever stood behind the end of a line goes.
        var lines = picture.ToString().TrimEnd().ReplaceLineEndings("\e[K\r\n");
        var (shown, cursor) = Window(width - 3);
        var drawn = $"\e[?2026h\e[H{lines}\e[K\r\n\e[1m>\e[0m {shown}\e[K\e[{height};{3 + cursor}H\e[?2026l";
        if (drawn != last) Console.Write(drawn);
        last = drawn;
    }

    /// <summary>The part of the input line around the cursor that fits, and where the cursor is in it.</summary>
    private (string Shown, int Cursor) Window(int width)
    {
        var start = 0;
        while (input.Text[start..input.Cursor].GetCellWidth() >= width) start++;
        var shown = input.Text[start..];
        while (shown.GetCellWidth() > width) shown = shown[..^1];
        return (shown, input.Text[start..input.Cursor].GetCellWidth());
    }
}
