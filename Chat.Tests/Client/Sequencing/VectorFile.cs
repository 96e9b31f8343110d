using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Chat.Tests.Running;

namespace Chat.Tests.Client.Sequencing;

/// <summary>docs/vectors/sequencing.json, which the tests of every client run: see docs/protocol.md.</summary>
internal sealed record VectorFile(IReadOnlyList<VectorCase> Cases)
{
    public static readonly string Path = Repository.File("docs", "vectors", "sequencing.json");

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static VectorFile Read() => JsonSerializer.Deserialize<VectorFile>(File.ReadAllText(Path), Json)!;

    /// <summary>As it is committed: a line for each step.</summary>
    public string Written()
    {
        var text = new StringBuilder("{\"cases\":[\n");
        text.AppendJoin(",\n", Cases.Select(one =>
            $"{{\"name\":{Line(one.Name)},{(one.Seed is { } seed ? $"\"seed\":{seed}," : "")}\"steps\":[\n{string.Join(",\n", one.Steps.Select(Line))}\n]}}"));
        return text.Append("\n]}\n").ToString();
    }

    private static string Line<T>(T value) => JsonSerializer.Serialize(value, Json);
}

/// <summary>What comes to a client of one room that knows nothing yet.</summary>
/// <param name="Name">What it shows.</param>
/// <param name="Seed">Of a case that chance made; null for one made by hand.</param>
/// <param name="Steps">In order.</param>
internal sealed record VectorCase(string Name, int? Seed, IReadOnlyList<VectorStep> Steps);

/// <summary>One thing that comes, one of the first four, and how it is after it.</summary>
internal sealed record VectorStep
{
    public VectorRecord? Live { get; init; }

    public long? Announced { get; init; }

    public VectorConnected? Connected { get; init; }

    public VectorSync? Sync { get; init; }

    public bool? Reset { get; init; }

    public IReadOnlyList<long>? Told { get; init; }

    public long Known { get; init; }

    public long Head { get; init; }

    public string Epoch { get; init; } = "";

    public bool Behind { get; init; }

    public VectorStep With(PerfectReader reader, IReadOnlyList<long> told, bool reset) => this with
    {
        Reset = reset ? true : null,
        Told = told.Count > 0 ? told : null,
        Known = reader.Known,
        Head = reader.Head,
        Epoch = reader.Epoch,
        Behind = reader.IsBehind,
    };
}

/// <summary>A record. With <paramref name="Through"/> there is one of each version up to that one.</summary>
internal sealed record VectorRecord(string Kind, long Version, long? Seq = null, long? Through = null);

internal sealed record VectorConnected(string Epoch, long Head);

internal sealed record VectorSync(string Epoch, long Head, bool Reset, IReadOnlyList<VectorRecord> Records);
