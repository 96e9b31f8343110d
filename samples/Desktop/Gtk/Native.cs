using System.Runtime.InteropServices;

namespace Chat.Samples.Desktop.Gtk;

/// <summary>What the window needs of GTK 4 and libadwaita, called as C calls it.</summary>
internal static partial class Native
{
    private const string Adw = "libadwaita-1.so.0";
    private const string Gtk = "libgtk-4.so.1";
    private const string GObject = "libgobject-2.0.so.0";
    private const string GLib = "libglib-2.0.so.0";
    private const string Gio = "libgio-2.0.so.0";

    [LibraryImport(Adw, StringMarshalling = StringMarshalling.Utf8)] public static partial nint adw_application_new(string id, int flags);
    [LibraryImport(Adw, StringMarshalling = StringMarshalling.Utf8)] public static partial void adw_avatar_set_text(nint avatar, string text);
    [LibraryImport(Adw, StringMarshalling = StringMarshalling.Utf8)] public static partial void adw_window_title_set_title(nint title, string text);
    [LibraryImport(Adw, StringMarshalling = StringMarshalling.Utf8)] public static partial void adw_window_title_set_subtitle(nint title, string text);
    [LibraryImport(Adw, StringMarshalling = StringMarshalling.Utf8)] public static partial void adw_status_page_set_title(nint page, string text);
    [LibraryImport(Adw, StringMarshalling = StringMarshalling.Utf8)] public static partial void adw_status_page_set_description(nint page, string text);
    [LibraryImport(Adw)] public static partial void adw_leaflet_set_visible_child(nint leaflet, nint child);
    [LibraryImport(Adw)] public static partial int adw_leaflet_get_folded(nint leaflet);

    [LibraryImport(Gio)] public static partial int g_application_run(nint application, int count, nint arguments);
    [LibraryImport(Gio)] public static partial void g_application_hold(nint application);
    [LibraryImport(Gio)] public static partial void g_application_release(nint application);
    [LibraryImport(Gio)] public static partial void g_application_quit(nint application);
    [LibraryImport(GObject)] public static partial void g_object_unref(nint item);
    [LibraryImport(GObject, StringMarshalling = StringMarshalling.Utf8)]
    public static partial ulong g_signal_connect_data(nint sender, string signal, nint handler, nint data, nint forget, int flags);
    [LibraryImport(GLib)] public static partial uint g_idle_add_full(int priority, nint function, nint data, nint forget);

    [LibraryImport(Gtk, StringMarshalling = StringMarshalling.Utf8)] public static partial nint gtk_builder_new_from_string(string xml, nint length);
    [LibraryImport(Gtk, StringMarshalling = StringMarshalling.Utf8)] public static partial nint gtk_builder_get_object(nint builder, string id);
    [LibraryImport(Gtk)] public static partial nint gtk_css_provider_new();
    [LibraryImport(Gtk, StringMarshalling = StringMarshalling.Utf8)] public static partial void gtk_css_provider_load_from_data(nint provider, string css, nint length);
    [LibraryImport(Gtk)] public static partial nint gdk_display_get_default();
    [LibraryImport(Gtk)] public static partial void gtk_style_context_add_provider_for_display(nint display, nint provider, uint priority);
    [LibraryImport(Gtk)] public static partial void gtk_window_set_application(nint window, nint application);
    [LibraryImport(Gtk)] public static partial void gtk_window_present(nint window);
    [LibraryImport(Gtk)] public static partial int gtk_window_is_active(nint window);

    [LibraryImport(Gtk)] public static partial void gtk_widget_set_visible(nint widget, int isVisible);
    [LibraryImport(Gtk)] public static partial int gtk_widget_get_mapped(nint widget);
    [LibraryImport(Gtk)] public static partial void gtk_widget_set_sensitive(nint widget, int isSensitive);
    [LibraryImport(Gtk)] public static partial void gtk_widget_set_halign(nint widget, int align);
    [LibraryImport(Gtk)] public static partial int gtk_widget_grab_focus(nint widget);
    [LibraryImport(Gtk, StringMarshalling = StringMarshalling.Utf8)] public static partial void gtk_widget_add_css_class(nint widget, string name);
    [LibraryImport(Gtk, StringMarshalling = StringMarshalling.Utf8)] public static partial void gtk_widget_remove_css_class(nint widget, string name);
    [LibraryImport(Gtk)] public static partial nint gtk_widget_get_first_child(nint widget);
    [LibraryImport(Gtk)] public static partial nint gtk_widget_get_next_sibling(nint widget);
    [LibraryImport(Gtk)] public static partial void gtk_widget_add_controller(nint widget, nint controller);
    [LibraryImport(Gtk)] public static partial nint gtk_event_controller_key_new();
    [LibraryImport(Gtk)] public static partial void gtk_event_controller_set_propagation_phase(nint controller, int phase);
    [LibraryImport(Gtk)] public static partial nint gtk_event_controller_get_current_event(nint controller);

    [LibraryImport(Gtk, StringMarshalling = StringMarshalling.Utf8)] public static partial void gtk_label_set_text(nint label, string text);
    [LibraryImport(Gtk, StringMarshalling = StringMarshalling.Utf8)] public static partial void gtk_label_set_markup(nint label, string markup);
    [LibraryImport(Gtk)] public static partial void gtk_label_set_xalign(nint label, float align);
    [LibraryImport(Gtk)] public static partial nint gtk_label_get_text(nint label);
    [LibraryImport(Gtk)] public static partial nint gtk_label_get_type();
    [LibraryImport(GObject)] public static partial int g_type_check_instance_is_a(nint instance, nint type);

    [LibraryImport(Gtk)] public static partial void gtk_list_box_insert(nint list, nint row, int position);
    [LibraryImport(Gtk)] public static partial void gtk_list_box_remove(nint list, nint row);
    [LibraryImport(Gtk)] public static partial void gtk_list_box_select_row(nint list, nint row);
    [LibraryImport(Gtk)] public static partial nint gtk_list_box_get_selected_row(nint list);
    [LibraryImport(Gtk)] public static partial int gtk_list_box_row_get_index(nint row);

    [LibraryImport(Gtk)] public static partial nint gtk_scrolled_window_get_vadjustment(nint scroller);
    [LibraryImport(Gtk)] public static partial double gtk_adjustment_get_value(nint adjustment);
    [LibraryImport(Gtk)] public static partial double gtk_adjustment_get_upper(nint adjustment);
    [LibraryImport(Gtk)] public static partial double gtk_adjustment_get_page_size(nint adjustment);
    [LibraryImport(Gtk)] public static partial void gtk_adjustment_set_value(nint adjustment, double value);
    [LibraryImport(Gtk)] public static partial void gtk_revealer_set_reveal_child(nint revealer, int isRevealed);
    [LibraryImport(Gtk)] public static partial void gtk_spinner_set_spinning(nint spinner, int isSpinning);
    [LibraryImport(Gtk, StringMarshalling = StringMarshalling.Utf8)] public static partial void gtk_stack_set_visible_child_name(nint stack, string name);

    [LibraryImport(Gtk)] public static partial nint gtk_text_view_get_buffer(nint view);
    [LibraryImport(Gtk)] public static partial int gtk_text_view_im_context_filter_keypress(nint view, nint pressed);
    [LibraryImport(Gtk, StringMarshalling = StringMarshalling.Utf8)] public static partial void gtk_text_buffer_set_text(nint buffer, string text, int bytes);
    [LibraryImport(GObject, StringMarshalling = StringMarshalling.Utf8)] public static partial void g_object_get_property(nint item, string name, ref Value value);
    [LibraryImport(GObject)] public static partial void g_value_unset(ref Value value);
    [LibraryImport(GObject)] public static partial nint g_value_get_string(ref Value value);

    /// <summary>A GValue: its type, and room for what it holds.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct Value
    {
        public nint Type;
        public long Data1;
        public long Data2;
    }
}
