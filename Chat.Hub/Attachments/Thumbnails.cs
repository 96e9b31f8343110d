using Microsoft.Extensions.Options;
using SkiaSharp;

namespace Chat.Hub.Attachments;

/// <summary>
/// Makes small pictures of images, one at a time and within a bound of memory: what an image will take is known from its
/// header, and what takes too much has none.
/// </summary>
internal sealed class Thumbnails(IOptions<AttachmentOptions> options) : IDisposable
{
    public const int LongestSide = 480;

    private const int Quality = 80;

    // A progressive JPEG of 16 MB can have a million passes over all of its pixels: hours of work. Usual are about 10.
    private const int MostScans = 100;

    private readonly SemaphoreSlim one = new(1, 1);

    /// <summary>How the image is shown, and a thumbnail of it; null where it cannot be decoded at all.</summary>
    public async Task<Picture?> Make(Spool file, ImageHeader header, CancellationToken cancellation)
    {
        await one.WaitAsync(cancellation);
        try
        {
            return await Task.Run(() => Make(file.Path, header, IsBearable(file, header)), CancellationToken.None);
        }
        finally
        {
            one.Release();
        }
    }

    public void Dispose() => one.Dispose();

    // Four bytes a pixel and a half as much again for scaling; of a progressive JPEG, its coefficients.
    private bool IsBearable(Spool file, ImageHeader header)
    {
        if (file.Head is [0xFF, 0xD8, ..])
        {
            if (!header.IsProgressive) return true;
            using var content = file.Open();
            if (JpegMarkers.CountScans(content, MostScans) >= MostScans) return false;
        }
        return header.Pixels * 6 <= options.Value.ThumbnailBytes;
    }

    private Picture? Make(string path, ImageHeader header, bool isBearable)
    {
        using var codec = SKCodec.Create(path);
        if (codec is null || (long)codec.Info.Width * codec.Info.Height > header.Pixels) return null;
        var origin = codec.EncodedOrigin;
        var shown = Turned(origin, header.Width, header.Height);
        if (!isBearable) return new Picture(shown.Width, shown.Height, null);

        // A JPEG is decoded to a fraction at once; twice what is needed, so that scaling has something to choose from.
        var size = codec.GetScaledDimensions(Math.Min(1f, 2f * LongestSide / Math.Max(codec.Info.Width, codec.Info.Height)));
        if ((long)size.Width * size.Height * 4 > options.Value.ThumbnailBytes) return new Picture(shown.Width, shown.Height, null);
        var isOpaque = codec.Info.AlphaType is SKAlphaType.Opaque;
        using var pixels = new SKBitmap();
        if (!pixels.TryAllocPixels(new SKImageInfo(size.Width, size.Height, SKColorType.Rgba8888, isOpaque ? SKAlphaType.Opaque : SKAlphaType.Premul, Srgb)))
            return new Picture(shown.Width, shown.Height, null);
        // An image that breaks off is shown as far as it goes.
        if (codec.GetPixels(pixels.Info, pixels.GetPixels()) is not (SKCodecResult.Success or SKCodecResult.IncompleteInput or SKCodecResult.ErrorInInput)) return null;
        // Else drawing would copy it.
        pixels.SetImmutable();
        return new Picture(shown.Width, shown.Height, Draw(pixels, origin, isOpaque));
    }

    private static readonly SKColorSpace Srgb = SKColorSpace.CreateSrgb();

    private static byte[] Draw(SKBitmap pixels, SKEncodedOrigin origin, bool isOpaque)
    {
        var (width, height) = Turned(origin, pixels.Width, pixels.Height);
        var scale = Math.Min(1f, (float)LongestSide / Math.Max(width, height));
        var small = new SKSizeI(Math.Max(1, (int)MathF.Round(width * scale)), Math.Max(1, (int)MathF.Round(height * scale)));
        using var surface = SKSurface.Create(new SKImageInfo(small.Width, small.Height, SKColorType.Rgba8888, isOpaque ? SKAlphaType.Opaque : SKAlphaType.Premul, Srgb));
        surface.Canvas.Clear(SKColors.Transparent);
        surface.Canvas.Scale((float)small.Width / width, (float)small.Height / height);
        surface.Canvas.Concat(Upright(origin, pixels.Width, pixels.Height));
        using var image = SKImage.FromBitmap(pixels);
        surface.Canvas.DrawImage(image, 0, 0, new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear));
        using var drawn = surface.Snapshot();
        using var encoded = drawn.Encode(isOpaque ? SKEncodedImageFormat.Jpeg : SKEncodedImageFormat.Png, Quality);
        return encoded.ToArray();
    }

    private static (int Width, int Height) Turned(SKEncodedOrigin origin, int width, int height) =>
        origin is SKEncodedOrigin.LeftTop or SKEncodedOrigin.RightTop or SKEncodedOrigin.RightBottom or SKEncodedOrigin.LeftBottom
            ? (height, width) : (width, height);

    // From how a camera stored it to how it was held: EXIF 2.32, tag 274.
    private static SKMatrix Upright(SKEncodedOrigin origin, int width, int height) => origin switch
    {
        SKEncodedOrigin.TopRight => Matrix(-1, 0, width, 0, 1, 0),
        SKEncodedOrigin.BottomRight => Matrix(-1, 0, width, 0, -1, height),
        SKEncodedOrigin.BottomLeft => Matrix(1, 0, 0, 0, -1, height),
        SKEncodedOrigin.LeftTop => Matrix(0, 1, 0, 1, 0, 0),
        SKEncodedOrigin.RightTop => Matrix(0, -1, height, 1, 0, 0),
        SKEncodedOrigin.RightBottom => Matrix(0, -1, height, -1, 0, width),
        SKEncodedOrigin.LeftBottom => Matrix(0, 1, 0, -1, 0, width),
        _ => SKMatrix.Identity,
    };

    private static SKMatrix Matrix(float scaleX, float skewX, float moveX, float skewY, float scaleY, float moveY) =>
        new(scaleX, skewX, moveX, skewY, scaleY, moveY, 0, 0, 1);
}

/// <summary>An image as it is shown, and a thumbnail in JPEG or PNG; null for none.</summary>
internal sealed record Picture(int Width, int Height, byte[]? Thumbnail);
