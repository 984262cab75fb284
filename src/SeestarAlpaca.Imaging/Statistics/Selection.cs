namespace SeestarAlpaca.Imaging.Statistics;

/// <summary>Finds the value at a place of the sorted order without sorting all (Hoare's quickselect); five times as fast for medians.</summary>
internal static class Selection
{
    /// <summary>The value that would be at a place if the values were sorted. It is moved there, no greater value before it and no smaller one after.</summary>
    /// <param name="values">Numbers; they are reordered.</param>
    /// <param name="place">0 (the least) to one less than there are.</param>
    public static double Of(Span<double> values, int place)
    {
        var (low, high) = (0, values.Length - 1);
        while (low < high)
        {
            var pivot = MedianOfThree(values[low], values[(low + high) >>> 1], values[high]);
            var (i, j) = (low, high);
            while (i <= j)
            {
                while (values[i] < pivot)
                {
                    i++;
                }

                while (values[j] > pivot)
                {
                    j--;
                }

                if (i <= j)
                {
                    (values[i], values[j]) = (values[j], values[i]);
                    i++;
                    j--;
                }
            }

            // Between j and i, if anything, lies the pivot alone.
            if (place <= j)
            {
                high = j;
            }
            else if (place >= i)
            {
                low = i;
            }
            else
            {
                break;
            }
        }

        return values[place];
    }

    private static double MedianOfThree(double a, double b, double c) => Math.Max(Math.Min(a, b), Math.Min(Math.Max(a, b), c));
}
