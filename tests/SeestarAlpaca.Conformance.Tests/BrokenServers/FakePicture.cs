using System.Buffers.Binary;
using System.Text;

namespace SeestarAlpaca.Conformance.Tests.BrokenServers;

/// <summary>The picture of a fake camera: an upright letter F on a slope, the same for ever.</summary>
internal static class FakePicture
{
    private const int ImageBytesHeader = 44;

    /// <summary>Pixels in the order of the wire, with rank and dimensions.</summary>
    public static (int[] Values, int Rank, int Width, int Height) Take(FakeModel model, FakeFrame frame)
    {
        var (width, height) = model.Has(Flaw.BinnedSizeRoundedUp) && frame.BinX > 1 ? (frame.NumX + 1, frame.NumY) : (frame.NumX, frame.NumY);
        var (startX, startY) = model.Has(Flaw.SubframeStartIgnored) ? (0, 0) : (frame.StartX, frame.StartY);
        var planes = model.SensorType == 1 ? 3 : 1;
        var values = new int[width * height * planes];
        for (var i = 0; i < values.Length; i++)
        {
            var (x, y, plane) = (i / planes / height, i / planes % height, i % planes);
            var (sensorX, sensorY) = ((startX + x) * frame.BinX, (startY + y) * frame.BinY);
            values[i] = Brightness(model.Has(Flaw.Mirrored) ? model.Width - 1 - sensorX : sensorX, sensorY, model) + (100 * plane);
        }

        return model.Has(Flaw.DimensionsSwapped) ? (values, planes == 3 ? 3 : 2, height, width) : (values, planes == 3 ? 3 : 2, width, height);
    }

    public static byte[] ToImageBytes(
        FakeModel model, (int[] Values, int Rank, int Width, int Height) picture, uint transaction, uint serverTransaction)
    {
        var wide = model.Has(Flaw.Int32OnTheWire);
        var body = new byte[ImageBytesHeader + (picture.Values.Length * (wide ? 4 : 2))];
        int[] header =
        [
            1, 0, (int)transaction, (int)serverTransaction, ImageBytesHeader, model.Has(Flaw.ElementTypeUInt16) ? 8 : 2, wide ? 2 : 8,
            picture.Rank, picture.Width, picture.Height, picture.Rank == 3 ? 3 : 0,
        ];
        for (var i = 0; i < header.Length; i++)
        {
            BinaryPrimitives.WriteInt32LittleEndian(body.AsSpan(4 * i), header[i]);
        }

        for (var i = 0; i < picture.Values.Length; i++)
        {
            if (wide)
            {
                BinaryPrimitives.WriteInt32LittleEndian(body.AsSpan(ImageBytesHeader + (4 * i)), picture.Values[i]);
            }
            else
            {
                BinaryPrimitives.WriteUInt16LittleEndian(body.AsSpan(ImageBytesHeader + (2 * i)), (ushort)picture.Values[i]);
            }
        }

        return model.Has(Flaw.ShortImage) ? body[..^2] : body;
    }

    public static byte[] ErrorBytes(uint transaction, uint serverTransaction, int error, string message)
    {
        var text = Encoding.UTF8.GetBytes(message);
        var body = new byte[ImageBytesHeader + text.Length];
        int[] header = [1, error, (int)transaction, (int)serverTransaction, ImageBytesHeader];
        for (var i = 0; i < header.Length; i++)
        {
            BinaryPrimitives.WriteInt32LittleEndian(body.AsSpan(4 * i), header[i]);
        }

        text.CopyTo(body, ImageBytesHeader);
        return body;
    }

    public static string ToJson(FakeModel model, (int[] Values, int Rank, int Width, int Height) picture, uint transaction, uint serverTransaction)
    {
        var (width, height, planes) = (picture.Width, picture.Height, picture.Rank == 3 ? 3 : 1);
        var (outer, inner) = model.Has(Flaw.JsonRowByRow) ? (height, width) : (width, height);
        var columns = Enumerable.Range(0, outer).Select(x => $"[{string.Join(',', Enumerable.Range(0, inner).Select(y => Pixel(x, y)))}]");
        return $"{{\"Type\":2,\"Rank\":{picture.Rank},\"Value\":[{string.Join(',', columns)}],\"ClientTransactionID\":{transaction},"
            + $"\"ServerTransactionID\":{serverTransaction},\"ErrorNumber\":0,\"ErrorMessage\":\"\"}}";

        string Pixel(int outerIndex, int innerIndex)
        {
            var first = (model.Has(Flaw.JsonRowByRow) ? (innerIndex * height) + outerIndex : (outerIndex * height) + innerIndex) * planes;
            return planes == 1 ? picture.Values[first].ToString() : $"[{picture.Values[first]},{picture.Values[first + 1]},{picture.Values[first + 2]}]";
        }
    }

    private static int Brightness(int x, int y, FakeModel model)
    {
        var (u, v) = (x - (model.Width / 6), y - (model.Height / 6));
        var (width, height) = (model.Width * 2 / 3, model.Height * 2 / 3);
        var inside = u >= 0 && u < width && v >= 0 && v < height;
        var ink = inside && (u < width / 4 || v < height / 6 || (v > height * 2 / 5 && v < height * 3 / 5 && u < width * 3 / 4));
        return (ink ? 40000 : 1000) + (7 * x) + (13 * y);
    }
}
