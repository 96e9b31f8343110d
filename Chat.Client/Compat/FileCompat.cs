namespace System.IO;

internal static class FileCompat
{
    extension(File)
    {
        /// <summary>In one step where something is there already: a reader sees the old file or the new one.</summary>
        public static void Move(string source, string destination, bool overwrite)
        {
            if (overwrite && File.Exists(destination)) File.Replace(source, destination, null);
            else File.Move(source, destination);
        }
    }
}
