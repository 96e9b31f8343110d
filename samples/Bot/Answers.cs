using System.Globalization;
using System.Runtime.CompilerServices;

namespace Chat.Samples.Bot;

/// <summary>What the bot says. Put a language model here: all it has to give is pieces of text.</summary>
internal sealed class Answers(TimeProvider time, Random random)
{
    private const string Help = "I know three things: **time**, **dice** and **help**. To all else I say how much of it there is.";
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(60);

    /// <param name="question">As it was written, with the names that it calls.</param>
    public string To(string question)
    {
        var words = question.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Where(word => word[0] != '@').ToList();
        return words.Count > 0 ? words[0].TrimEnd('?', '!', '.', ',').ToLowerInvariant() switch
        {
            "help" => Help,
            "time" => string.Create(CultureInfo.InvariantCulture, $"It is {time.GetUtcNow():HH:mm} UTC on {time.GetUtcNow():dddd, d MMMM yyyy}."),
            "dice" => $"I rolled two dice for you: {random.Next(1, 7)} and {random.Next(1, 7)}.",
            _ => $"You said \"{string.Join(' ', words)}\". That is {words.Count} words and {words.Sum(word => word.Length)} letters, the longest is \"{words.MaxBy(word => word.Length)}\".",
        } : Help;
    }

    /// <summary>The text as a model would write it.</summary>
    public async IAsyncEnumerable<string> WordByWord(string text, [EnumeratorCancellation] CancellationToken ct)
    {
        var next = 0;
        while (next < text.Length)
        {
            var end = text.IndexOf(' ', next) is var space and >= 0 ? space + 1 : text.Length;
            yield return text[next..end];
            next = end;
            await Task.Delay(Pause, time, ct);
        }
    }
}
