package com.example.skeleton;

import com.example.skeleton.v1.AddRequest;
import com.example.skeleton.v1.FindRequest;
import com.example.skeleton.v1.Item;
import com.example.skeleton.v1.ListRequest;
import com.example.skeleton.v1.SkeletonGrpc;
import dev.tandem.runtime.call.ApiError;
import dev.tandem.runtime.call.Call;
import dev.tandem.runtime.call.Code;
import dev.tandem.runtime.call.Service;
import dev.tandem.runtime.call.Sink;

/** What each method of skeleton.proto does. The rules that stand there have been checked before. */
final class SkeletonService {
    private final Items items;

    SkeletonService(Items items) {
        this.items = items;
    }

    Service service() {
        return Service.of(SkeletonGrpc.getServiceDescriptor())
                .unary(SkeletonGrpc.getFindMethod(), this::find)
                .unary(SkeletonGrpc.getAddMethod(), this::add)
                .stream(SkeletonGrpc.getListMethod(), this::list)
                .build();
    }

    private Item find(FindRequest request, Call call) {
        return items.find(request.getId())
                .orElseThrow(() ->
                        ApiError.ofParam(
                                        Code.NOT_FOUND,
                                        "item_not_found",
                                        "id",
                                        "There is no item " + request.getId() + ".")
                                .toException());
    }

    private Item add(AddRequest request, Call call) {
        Item item = Item.newBuilder().setId(request.getId()).setText(request.getText()).build();
        if (!items.add(item)) {
            throw ApiError.ofParam(
                            Code.ALREADY_EXISTS, "item_exists", "id", "There is such an item.")
                    .toException();
        }
        return item;
    }

    private void list(ListRequest request, Sink<Item> sink, Call call) {
        items.startingWith(request.getPrefix()).forEach(sink::send);
    }
}
