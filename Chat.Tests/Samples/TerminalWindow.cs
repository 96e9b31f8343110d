using System.Diagnostics;
using Chat.Tests.Running;

namespace Chat.Tests.Samples;

/// <summary>A real terminal with a program in it: tmux types, and reads the screen.</summary>
internal sealed class TerminalWindow : IAsyncDisposable
{
    // A server of its own, so that nobody else's terminals are touched.
    private readonly string socket = $"chat-test-{Guid.NewGuid():N}";

    public static async Task<TerminalWindow> Open(int width, int height, params string[] program)
    {
        var window = new TerminalWindow();
        await window.Tmux(["-f", "/dev/null", "new-session", "-d", "-x", $"{width}", "-y", $"{height}", .. program]);
        return window;
    }

    /// <summary>What is on the screen.</summary>
    public Task<string> Screen() => Tmux("capture-pane", "-p");

    public Task Type(string text) => Tmux("send-keys", "-l", text);

    public Task Press(string key) => Tmux("send-keys", key);

    public async Task Enter(string line)
    {
        await Type(line);
        await Press("Enter");
    }

    public Task Resize(int width, int height) => Tmux("resize-window", "-x", $"{width}", "-y", $"{height}");

    /// <summary>Waits for a screen that fits, and answers it.</summary>
    public async Task<string> Shows(Func<string, bool> fits, TimeSpan? within = null)
    {
        var screen = "";
        try
        {
            await Waiting.Until(async () => fits(screen = await Screen()), within ?? TimeSpan.FromSeconds(20));
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"The terminal shows:\n{screen}");
        }
        return screen;
    }

    public Task<string> Shows(string text) => Shows(screen => screen.Contains(text, StringComparison.Ordinal));

    /// <summary>Waits for a line that is this text and nothing else: it is neither still being written nor on its way.</summary>
    public Task<string> ShowsLine(string text) => Shows(screen => screen.Split('\n').Any(line => line.Trim() == text));

    public async ValueTask DisposeAsync() => await Tmux("kill-server");

    private async Task<string> Tmux(params string[] arguments)
    {
        var start = new ProcessStartInfo("tmux", ["-L", socket, .. arguments]) { RedirectStandardOutput = true };
        start.Environment["LANG"] = "C.UTF-8";
        start.Environment.Remove("TMUX");
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return output;
    }
}
