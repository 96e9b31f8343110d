using System.Text.Json;
using Chat.Samples.Desktop.Gtk;
using static Chat.Samples.Desktop.Gtk.Native;

namespace Chat.Samples.Desktop;

/// <summary>For tests: where CHAT_SHOWN is set, each line of the output is what the window shows now, the texts of all labels in sight as JSON.</summary>
internal static class Shown
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private static Timer? timer;
    private static string last = "";

    public static void Watch(nint window)
    {
        if (Environment.GetEnvironmentVariable("CHAT_SHOWN") is null) return;
        timer = new Timer(_ => Handler.Soon(() => Tell(window)), null, Interval, Interval);
    }

    private static void Tell(nint window)
    {
        var now = JsonSerializer.Serialize(Labels(window).Select(label => label.Text()).Where(text => text.Length > 0));
        if (now == last) return;
        last = now;
        Console.WriteLine(now);
    }

    private static IEnumerable<nint> Labels(nint widget) =>
        gtk_widget_get_mapped(widget) is 0 ? []
        : g_type_check_instance_is_a(widget, gtk_label_get_type()) is not 0 ? [widget]
        : widget.Children().SelectMany(Labels);
}
