using System.Diagnostics;

namespace Chat.Tests.Samples;

/// <summary>A screen of its own, drawn by Xvfb, with a keyboard and a mouse that xdotool moves.</summary>
internal sealed class Display : IAsyncDisposable
{
    private readonly SampleProgram server;

    private Display(SampleProgram server, string name) => (this.server, Name) = (server, name);

    /// <summary>For the environment variable DISPLAY.</summary>
    public string Name { get; }

    public static async Task<Display> Open(int width, int height)
    {
        // It takes the first number that is free, and tells it.
        var server = SampleProgram.StartOther("Xvfb", ["-displayfd", "1", "-screen", "0", $"{width}x{height}x24", "-nolisten", "tcp"]);
        await server.Shows(line => int.TryParse(line, out _));
        return new Display(server, $":{server.Lines[^1]}");
    }

    public Task Click(int x, int y) => Run("xdotool", "mousemove", $"{x}", $"{y}", "click", "1");

    public Task Type(string text) => Run("xdotool", "type", text);

    public Task Press(string key) => Run("xdotool", "key", key);

    /// <summary>Gives a window another size, as a window manager would.</summary>
    public Task Resize(string title, int width, int height) => Run("xdotool", "search", "--onlyvisible", "--name", $"^{title}$", "windowsize", $"{width}", $"{height}");

    /// <summary>How many colours a picture of the whole screen has.</summary>
    public async Task<int> Colours(string file)
    {
        await Run("import", "-window", "root", file);
        return int.Parse(await Run("identify", "-format", "%k", file), System.Globalization.CultureInfo.InvariantCulture);
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();

    private async Task<string> Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true };
        start.Environment["DISPLAY"] = Name;
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        process.ExitCode.Should().Be(0, $"{program} {string.Join(' ', arguments)}");
        return output;
    }
}
