using System.IO.Compression;
using System.Reflection.PortableExecutable;
using System.Xml.Linq;
using Chat.Tests.Running;

namespace Chat.Tests.Packages;

/// <summary>What a stranger gets: the packages as they are published, and a program that has nothing else of Chat.</summary>
public sealed class PackageTests(Packed packed) : IClassFixture<Packed>
{
    private static readonly Guid SourceLink = new("CC110556-A091-4D38-9FEC-25AB9A351A6A");
    private static readonly Guid EmbeddedSource = new("0E8A571B-6926-466E-B4AD-8AB04611F5FE");

    [Fact]
    public async Task A_program_with_the_package_chats_compiled_ahead_of_time_and_hears_that_MessagePack_needs_more()
    {
        await using var server = await ChatServer.Start();
        (await packed.Run(packed.Native, server.Address.AbsoluteUri, "json")).Should().Be(Story("Ann"));
        (await packed.Run(packed.Native, server.Address.AbsoluteUri, "messagepack")).Should().Contain("not supported: MessagePack needs").And.Contain("ChatProtocol.Json");
    }

    [Theory]
    [InlineData("json")]
    [InlineData("messagepack")]
    public async Task A_program_on_an_older_NET_chats_with_the_same_package(string protocol)
    {
        await using var server = await ChatServer.Start();
        (await packed.Run("dotnet", packed.Older, server.Address.AbsoluteUri, protocol)).Should().Be(Story("Ann"));
    }

    [Fact]
    public void Both_packages_hold_what_their_users_look_for_and_nothing_that_only_we_need()
    {
        foreach (var (name, file) in new[] { ("Chat.Contracts", packed.Contracts), ("Chat.Client", packed.Client) })
        {
            using var package = ZipFile.OpenRead(file);
            package.Entries.Select(entry => entry.FullName).Should().Contain([
                "README.md", "icon.png",
                $"lib/net10.0/{name}.dll", $"lib/net10.0/{name}.xml", $"lib/netstandard2.1/{name}.dll", $"lib/netstandard2.1/{name}.xml"]);
            package.Entries.Where(entry => entry.FullName.EndsWith(".dll", StringComparison.Ordinal)).Should().HaveCount(2);

            var about = XDocument.Load(package.GetEntry($"{name}.nuspec")!.Open()).Root!.Elements().Single();
            string Said(string element) => about.Elements().SingleOrDefault(e => e.Name.LocalName == element)?.Value ?? "";
            Said("license").Should().Be("MIT");
            Said("readme").Should().Be("README.md");
            Said("icon").Should().Be("icon.png");
            Said("description").Should().NotBeEmpty().And.NotStartWith("Package Description");
            Said("tags").Should().Contain("chat");
            var needs = about.Descendants().Where(e => e.Name.LocalName == "dependency").Select(e => (string)e.Attribute("id")!).ToList();
            needs.Should().Contain("MessagePack").And.NotContain("Microsoft.CodeAnalysis.PublicApiAnalyzers");
            if (name is "Chat.Client")
            {
                needs.Should().Contain(["Chat.Contracts", "Microsoft.AspNetCore.SignalR.Client"]);
                about.Descendants().Where(e => (string?)e.Attribute("id") == "Chat.Contracts").Select(e => (string)e.Attribute("version")!)
                    .Should().AllBe(Said("version"));
            }
        }
    }

    [Fact]
    public void A_debugger_finds_symbols_and_sources_in_the_assembly_and_the_build_is_deterministic()
    {
        foreach (var file in new[] { packed.Contracts, packed.Client })
        {
            using var package = ZipFile.OpenRead(file);
            foreach (var entry in package.Entries.Where(entry => entry.FullName.EndsWith(".dll", StringComparison.Ordinal)))
            {
                using var content = new MemoryStream();
                using (var packedContent = entry.Open()) packedContent.CopyTo(content);
                content.Position = 0;
                using var assembly = new PEReader(content);
                var debug = assembly.ReadDebugDirectory();
                debug.Should().Contain(part => part.Type == DebugDirectoryEntryType.Reproducible, entry.FullName);
                using var symbols = assembly.ReadEmbeddedPortablePdbDebugDirectoryData(debug.Single(part => part.Type == DebugDirectoryEntryType.EmbeddedPortablePdb));
                var reader = symbols.GetMetadataReader();
                reader.CustomDebugInformation.Select(handle => reader.GetGuid(reader.GetCustomDebugInformation(handle).Kind))
                    .Should().Contain(kind => kind == SourceLink || kind == EmbeddedSource, entry.FullName);
            }
        }
    }

    private static string Story(string name) =>
        $"""
        {name} is Connected
        heard Hello, world 🌍
        file notes.txt says notes
        read Text {name}: Hello, world 🌍 0
        read File {name}: notes.txt 0

        """;
}
