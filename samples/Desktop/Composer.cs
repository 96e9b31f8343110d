using Chat.Samples.Desktop.Gtk;
using static Chat.Samples.Desktop.Gtk.Native;

namespace Chat.Samples.Desktop;

/// <summary>Where the user writes: Enter sends, Shift and Enter begin a line.</summary>
internal sealed class Composer
{
    private const uint Return = 0xff0d;
    private const uint KeypadEnter = 0xff8d;
    private const uint Shift = 1;
    private const int Capture = 1;

    private readonly Looks looks;
    private readonly nint buffer;

    public Composer(Looks looks)
    {
        this.looks = looks;
        buffer = gtk_text_view_get_buffer(looks["text"]);
        buffer.On("changed", Draw);
        looks["send"].On("clicked", Finish);
        var keys = gtk_event_controller_key_new();
        gtk_event_controller_set_propagation_phase(keys, Capture);
        keys.OnKey((key, held) => Press(keys, key, held));
        gtk_widget_add_controller(looks["text"], keys);
    }

    public event Action<string>? Finished;

    public event Action? Typed;

    public void Focus() => _ = gtk_widget_grab_focus(looks["text"]);

    public void Hint(string text) => looks["hint"].Label(text);

    public void Write(string text)
    {
        gtk_text_buffer_set_text(buffer, text, -1);
        Focus();
    }

    private bool Press(nint keys, uint key, uint held)
    {
        if (key is not (Return or KeypadEnter) || (held & Shift) is not 0) return false;
        // Who writes Japanese or Chinese ends a word with Enter: that is not ours.
        if (gtk_text_view_im_context_filter_keypress(looks["text"], gtk_event_controller_get_current_event(keys)) is 0) Finish();
        return true;
    }

    private void Finish()
    {
        var text = buffer.Written().Trim();
        if (text.Length is 0) return;
        Write("");
        Finished?.Invoke(text);
    }

    private void Draw()
    {
        var text = buffer.Written();
        looks["hint"].Show(text.Length is 0);
        gtk_widget_set_sensitive(looks["send"], string.IsNullOrWhiteSpace(text) ? 0 : 1);
        if (text.Length > 0) Typed?.Invoke();
    }
}
