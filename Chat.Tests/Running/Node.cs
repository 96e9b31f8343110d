using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Chat.Tests.Running;

/// <summary>A Node program of Chat.Web that talks in lines of JSON.</summary>
internal sealed class Node : IAsyncDisposable
{
    private readonly Process process;

    private Node(Process process) => this.process = process;

    /// <summary>Runs a script of Chat.Web.</summary>
    public static Node Run(string script, params ReadOnlySpan<string> arguments)
    {
        var start = new ProcessStartInfo("node", [Repository.File("Chat.Web", script), .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            WorkingDirectory = Repository.File("Chat.Web"),
        };
        return new Node(Process.Start(start)!);
    }

    public async Task Say(JsonObject line)
    {
        await process.StandardInput.WriteLineAsync(line.ToJsonString());
        await process.StandardInput.FlushAsync();
    }

    /// <summary>The next line.</summary>
    public async Task<JsonNode> Line()
    {
        var line = await process.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(20))
            ?? throw new InvalidOperationException($"node ended with {process.ExitCode}");
        return JsonNode.Parse(line)!;
    }

    /// <summary>The first line, now or later, that fits.</summary>
    public async Task<JsonNode> Line(Func<JsonNode, bool> fits)
    {
        while (true)
        {
            var line = await Line();
            if (fits(line)) return line;
        }
    }

    public async ValueTask DisposeAsync()
    {
        process.StandardInput.Close();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
        }
        process.Dispose();
    }
}
