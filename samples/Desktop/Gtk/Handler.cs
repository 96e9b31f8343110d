using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Chat.Samples.Desktop.Gtk;

/// <summary>Lets GTK call C#. All are called on GTK's thread, with what they shall do as their first argument; they let go of it at the end of the sender.</summary>
internal static unsafe class Handler
{
    // The data comes first then, and the sender last: whatever else a signal has to say is passed over.
    private const int Swapped = 2;

    public static void On(this nint sender, string signal, Action act) =>
        _ = Native.g_signal_connect_data(sender, signal, (nint)(delegate* unmanaged[Cdecl]<nint, void>)&Run, Hold(act), (nint)(delegate* unmanaged[Cdecl]<nint, nint, void>)&LetGo, Swapped);

    /// <param name="sender">A key controller.</param>
    /// <param name="act">Gets the key and what is held with it; true when it has done with the key.</param>
    public static void OnKey(this nint sender, Func<uint, uint, bool> act) =>
        _ = Native.g_signal_connect_data(sender, "key-pressed", (nint)(delegate* unmanaged[Cdecl]<nint, uint, uint, uint, int>)&Press, Hold(act), (nint)(delegate* unmanaged[Cdecl]<nint, nint, void>)&LetGo, Swapped);

    /// <summary>On GTK's thread, soon. From any thread.</summary>
    public static void Soon(Action act) => _ = Native.g_idle_add_full(0, (nint)(delegate* unmanaged[Cdecl]<nint, int>)&RunOnce, Hold(act), 0);

    private static nint Hold(object act) => GCHandle.ToIntPtr(GCHandle.Alloc(act));

    private static T Held<T>(nint data) => (T)GCHandle.FromIntPtr(data).Target!;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Run(nint data) => Held<Action>(data)();

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int RunOnce(nint data)
    {
        var act = Held<Action>(data);
        GCHandle.FromIntPtr(data).Free();
        act();
        return 0;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Press(nint data, uint key, uint code, uint state) => Held<Func<uint, uint, bool>>(data)(key, state) ? 1 : 0;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void LetGo(nint data, nint closure) => GCHandle.FromIntPtr(data).Free();
}
