using System.Runtime.InteropServices;
using static Chat.Samples.Desktop.Gtk.Native;

namespace Chat.Samples.Desktop.Gtk;

/// <summary>Widgets as a file of the folder Looks describes them, by their ids.</summary>
internal sealed class Looks(string file) : IDisposable
{
    private readonly nint builder = gtk_builder_new_from_string(Read(file), -1);

    public nint this[string id] => gtk_builder_get_object(builder, id);

    /// <summary>The colours and distances of style.css, for all windows.</summary>
    public static void Dress()
    {
        var provider = gtk_css_provider_new();
        gtk_css_provider_load_from_data(provider, Read("style.css"), -1);
        gtk_style_context_add_provider_for_display(gdk_display_get_default(), provider, 600);
        g_object_unref(provider);
    }

    public void Dispose() => g_object_unref(builder);

    private static string Read(string file)
    {
        using var reader = new StreamReader(typeof(Looks).Assembly.GetManifestResourceStream(file)!);
        return reader.ReadToEnd();
    }
}

/// <summary>Words for widgets.</summary>
internal static class Widgets
{
    public static void Show(this nint widget, bool isVisible) => gtk_widget_set_visible(widget, isVisible ? 1 : 0);

    public static void Label(this nint label, string text) => gtk_label_set_text(label, text);

    /// <summary>A label that is there only where it has something to say.</summary>
    public static void LabelOrNothing(this nint label, string text)
    {
        gtk_label_set_text(label, text);
        label.Show(text.Length > 0);
    }

    public static void Style(this nint widget, string name, bool isSet)
    {
        if (isSet) gtk_widget_add_css_class(widget, name);
        else gtk_widget_remove_css_class(widget, name);
    }

    public static string Text(this nint label) => Marshal.PtrToStringUTF8(gtk_label_get_text(label))!;

    public static IEnumerable<nint> Children(this nint widget)
    {
        for (var child = gtk_widget_get_first_child(widget); child is not 0; child = gtk_widget_get_next_sibling(child)) yield return child;
    }

    /// <summary>What is written in a text buffer.</summary>
    public static string Written(this nint buffer)
    {
        // Of the type Value that GObject calls G_TYPE_STRING.
        var value = new Value { Type = 16 << 2 };
        g_object_get_property(buffer, "text", ref value);
        var text = Marshal.PtrToStringUTF8(g_value_get_string(ref value)) ?? "";
        g_value_unset(ref value);
        return text;
    }
}
