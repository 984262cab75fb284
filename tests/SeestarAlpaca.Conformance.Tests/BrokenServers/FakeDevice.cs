using System.Text;
using Microsoft.AspNetCore.Http;

namespace SeestarAlpaca.Conformance.Tests.BrokenServers;

/// <summary>Answers the requests of one device.</summary>
internal sealed class FakeDevice(FakeModel model, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan SlowDownload = TimeSpan.FromMilliseconds(300);

    private readonly FakeCamera _camera = new(model, time);
    private readonly SemaphoreSlim _gate = new(1);
    private uint _serverTransaction;

    public async Task AnswerAsync(HttpContext context, string member)
    {
        var serverTransaction = Interlocked.Increment(ref _serverTransaction);
        var parameters = await FakeParameters.ReadAsync(context.Request, model.Flaw);
        var (client, transaction) = (parameters.Id("ClientID"), parameters.Id("ClientTransactionID"));
        var isGet = HttpMethods.IsGet(context.Request.Method);
        try
        {
            if (isGet && member.StartsWith("imagearray", StringComparison.Ordinal))
            {
                await ImageAsync(context, member, client, transaction, serverTransaction);
                return;
            }

            await _gate.WaitAsync(context.RequestAborted);
            object? value;
            try
            {
                value = isGet ? Read(member, client) : await PutAsync(member, client, parameters);
            }
            finally
            {
                _gate.Release();
            }

            if (model.Has(Flaw.RefusedYetCarriedOut) && parameters.IdsAreBad)
            {
                throw new FakeStatusException(400, "An ID is not a number.");
            }

            await FakeReply.WriteAsync(context.Response, model.Flaw, value, isGet, transaction, serverTransaction, 0, "", time);
        }
        catch (FakeErrorException error)
        {
            await FakeReply.WriteAsync(context.Response, model.Flaw, null, isGet, transaction, serverTransaction, error.Number, error.Message, time);
        }
    }

    public void Dispose() => _gate.Dispose();

    private object Read(string member, uint client)
    {
        switch (member)
        {
            case "connected":
                return _camera.IsConnected(client);
            case "connecting" when model.InterfaceVersion >= 4:
                return false;
            case "interfaceversion":
                return (short)model.InterfaceVersion;
            case "driverversion":
                return "1.0";
            case "driverinfo" or "name":
                return "A fake camera";
            case "description":
                return model.Has(Flaw.LongDescription) ? new string('x', 69) : "A fake camera";
            case "supportedactions":
                return Array.Empty<string>();
        }

        var isState = member == "devicestate" && model.InterfaceVersion >= 4;
        if (!isState && !FakeProperties.Reads.ContainsKey(member) && !model.Has(Flaw.AnyMember))
        {
            throw new FakeStatusException(400, $"There is no {member}.");
        }

        RequireConnected(client);
        return isState ? FakeProperties.DeviceState(_camera) : FakeProperties.Reads.TryGetValue(member, out var read) ? read(_camera) : "";
    }

    private async Task<object?> PutAsync(string member, uint client, FakeParameters parameters)
    {
        if (member is "connected" or "connect" or "disconnect")
        {
            var on = member == "connected" ? parameters.Read<bool>("Connected") : member == "connect";
            if (on)
            {
                _camera.Connect(client);
            }
            else
            {
                _camera.Disconnect(client, member == "disconnect");
            }

            return null;
        }

        if (!FakeMethods.Puts.TryGetValue(member, out var put))
        {
            throw new FakeStatusException(400, $"There is no {member}.");
        }

        RequireConnected(client);
        await put(_camera, parameters);
        return null;
    }

    private void RequireConnected(uint client)
    {
        if (!_camera.IsConnected(client) && !(model.Has(Flaw.WorksDisconnected) && _camera.Settings.Count > 0))
        {
            throw FakeErrorException.NotConnected();
        }
    }

    private async Task ImageAsync(HttpContext context, string member, uint client, uint transaction, uint serverTransaction)
    {
        var asBytes = context.Request.Headers.Accept.ToString().Contains("application/imagebytes", StringComparison.Ordinal);
        var type = model.Has(Flaw.CharsetOnImageBytes) ? "application/imagebytes; charset=utf-8" : "application/imagebytes";
        try
        {
            var picture = await PictureAsync(member, client, context.RequestAborted);
            var body = asBytes ? FakePicture.ToImageBytes(model, picture, transaction, serverTransaction) : Encoding.UTF8.GetBytes(FakePicture.ToJson(model, picture, transaction, serverTransaction));
            await WriteAsync(context.Response, body, asBytes ? type : "application/json");
        }
        catch (FakeErrorException error) when (asBytes && model.Has(Flaw.ErrorsInsideImageBytes))
        {
            await WriteAsync(context.Response, FakePicture.ErrorBytes(transaction, serverTransaction, error.Number, error.Message), type);
        }
    }

    private async Task<(int[] Values, int Rank, int Width, int Height)> PictureAsync(string member, uint client, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            RequireConnected(client);
            if (member == "imagearrayvariant" && model.Has(Flaw.VariantNotImplemented))
            {
                throw FakeErrorException.NotImplemented();
            }

            if (!_camera.IsReady)
            {
                throw FakeErrorException.InvalidOperation();
            }

            if (model.Has(Flaw.OneLock))
            {
                await Task.Delay(SlowDownload, time, cancellationToken);
            }

            return FakePicture.Take(model, model.Has(Flaw.ImageFollowsSettings) ? _camera.Frame : _camera.Exposure!.Frame);
        }
        finally
        {
            _gate.Release();
        }
    }

    private static async Task WriteAsync(HttpResponse response, byte[] body, string type)
    {
        response.ContentType = type;
        response.ContentLength = body.Length;
        await response.Body.WriteAsync(body);
    }
}
