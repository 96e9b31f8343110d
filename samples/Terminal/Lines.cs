using Spectre.Console.Rendering;

namespace Chat.Samples.Terminal;

/// <summary>How far the reader has scrolled up.</summary>
internal sealed class Scroll
{
    /// <summary>Lines below the last one in sight.</summary>
    public int Above { get; set; }

    /// <summary>Whether there is nothing above the first one in sight.</summary>
    public bool IsAtTop { get; set; }
}

/// <summary>One thing below the other in a part of the screen, from the top; with a scroll from the end, as in a terminal.</summary>
internal sealed class Lines(IReadOnlyList<IRenderable> items, Scroll? scroll = null) : Renderable
{
    protected override IEnumerable<Segment> Render(RenderOptions options, int maxWidth)
    {
        var height = options.Height ?? options.ConsoleSize.Height;
        var lines = scroll is null ? FromTop(options, maxWidth, height) : FromEnd(options, maxWidth, height, scroll);
        foreach (var line in lines)
        {
            foreach (var segment in line) yield return segment;
            yield return Segment.Padding(Math.Max(0, maxWidth - Segment.CellCount(line)));
            yield return Segment.LineBreak;
        }
    }

    private IEnumerable<SegmentLine> FromTop(RenderOptions options, int width, int height) =>
        items.SelectMany(item => Split(item, options, width)).Concat(Enumerable.Repeat(new SegmentLine(), height)).Take(height);

    private List<SegmentLine> FromEnd(RenderOptions options, int width, int height, Scroll scroll)
    {
        var lines = new List<SegmentLine>();
        var left = items.Count;
        // What is out of sight above costs nothing.
        while (left > 0 && lines.Count < height + scroll.Above) lines.InsertRange(0, Split(items[--left], options, width));
        scroll.Above = Math.Clamp(scroll.Above, 0, Math.Max(0, lines.Count - height));
        var end = lines.Count - scroll.Above;
        var first = Math.Max(0, end - height);
        scroll.IsAtTop = left is 0 && first is 0;
        return [.. Enumerable.Repeat(new SegmentLine(), height - (end - first)), .. lines[first..end]];
    }

    private static List<SegmentLine> Split(IRenderable item, RenderOptions options, int width) =>
        Segment.SplitLines(item.Render(options with { Height = null }, width), width);
}
