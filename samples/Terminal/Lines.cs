using Spectre.Console.Rendering;

namespace Chat.Samples.Terminal;

/// <summary>One thing below the other in a part of the screen; of what does not fit, the end is shown, or what is some lines above it.</summary>
internal sealed class Lines(IReadOnlyList<IRenderable> items, int above = 0, bool fromTop = false) : Renderable
{
    protected override IEnumerable<Segment> Render(RenderOptions options, int maxWidth)
    {
        var height = options.Height ?? options.ConsoleSize.Height;
        var lines = new List<SegmentLine>();
        // From the end, so that what is out of sight costs nothing.
        foreach (var item in fromTop ? items : items.Reverse())
        {
            var part = Segment.SplitLines(item.Render(options with { Height = null }, maxWidth), maxWidth);
            lines.InsertRange(fromTop ? lines.Count : 0, part);
            if (lines.Count >= height + above) break;
        }
        var first = fromTop ? 0 : Math.Max(0, lines.Count - height - above);
        for (var row = 0; row < height; row++)
        {
            // What is short stands at the bottom, as in a terminal, unless it is a list.
            var index = first + row - (fromTop ? 0 : Math.Max(0, height - lines.Count));
            var line = index >= 0 && index < lines.Count ? lines[index] : [];
            foreach (var segment in line) yield return segment;
            yield return Segment.Padding(Math.Max(0, maxWidth - Segment.CellCount(line)));
            yield return Segment.LineBreak;
        }
    }
}
