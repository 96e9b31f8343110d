using System.Globalization;
using Chat.Bench.Checking;

namespace Chat.Bench.Crashes;

/// <summary>Compares what writers said that it is kept ("3.14": the 14th of the third) with what is stored. Pure.</summary>
internal static class CrashCheck
{
    /// <param name="kept">What was said, in the order of writing.</param>
    /// <param name="stored">The texts of the writers' messages, in the order of the room.</param>
    public static Findings Run(IReadOnlyCollection<string> kept, IReadOnlyList<string> stored)
    {
        var found = new Findings();
        var times = stored.CountBy(text => text).ToDictionary();
        foreach (var text in kept.Where(text => !times.ContainsKey(text))) found.Add(Flaw.Lost, $"\"{text}\" was kept and never arrived");
        foreach (var (text, count) in times.Where(pair => pair.Value > 1)) found.Add(Flaw.Doubled, $"\"{text}\" arrived {count} times");
        for (var i = 1; i < stored.Count; i++)
        {
            if (Place(stored[i]).CompareTo(Place(stored[i - 1])) < 0) found.Add(Flaw.Reordered, $"\"{stored[i]}\" arrived after \"{stored[i - 1]}\"");
        }
        return found;
    }

    private static (int Run, int Number) Place(string text)
    {
        var parts = text.Split('.');
        return (int.Parse(parts[0], CultureInfo.InvariantCulture), int.Parse(parts[1], CultureInfo.InvariantCulture));
    }
}
