using System.Runtime.CompilerServices;

namespace Chat.Tests.Contracts;

public sealed class TypeScriptTypes
{
    [Fact]
    public async Task The_TypeScript_types_are_those_of_the_contract()
    {
        var file = CommittedFile();
        var written = TypeScriptWriter.Write();
        if (Environment.GetEnvironmentVariable("CHAT_WRITE_TYPES") == "1") await File.WriteAllTextAsync(file, written);

        var committed = File.Exists(file) ? await File.ReadAllTextAsync(file) : "";

        committed.ReplaceLineEndings("\n").Should().Be(
            written, "the web client is checked against it; run this test with CHAT_WRITE_TYPES=1 to write {0} anew", file);
    }

    private static string CommittedFile([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../Chat.Web/client/src/contracts.generated.ts"));
}
